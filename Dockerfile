# Brigade's commands, for any cluster; the broker is left out. The jars are built outside:
#   ./brigade --version && docker build -t brigade .
FROM eclipse-temurin:17-jre
COPY kitchen/target/launcher/lib/brigade-*.jar \
     kitchen/target/launcher/lib/kafka-clients-*.jar \
     kitchen/target/launcher/lib/kafka-streams-*.jar \
     kitchen/target/launcher/lib/jackson-annotations-*.jar \
     kitchen/target/launcher/lib/jackson-core-*.jar \
     kitchen/target/launcher/lib/jackson-databind-*.jar \
     kitchen/target/launcher/lib/jackson-datatype-jsr310-*.jar \
     kitchen/target/launcher/lib/picocli-*.jar \
     kitchen/target/launcher/lib/HdrHistogram-*.jar \
     kitchen/target/launcher/lib/resilience4j-*.jar \
     kitchen/target/launcher/lib/micrometer-*.jar \
     kitchen/target/launcher/lib/prometheus-metrics-*.jar \
     kitchen/target/launcher/lib/jspecify-*.jar \
     kitchen/target/launcher/lib/slf4j-*.jar \
     kitchen/target/launcher/lib/lz4-java-*.jar \
     kitchen/target/launcher/lib/snappy-java-*.jar \
     kitchen/target/launcher/lib/zstd-jni-*.jar \
     /opt/brigade/lib/
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=70", "-cp", "/opt/brigade/lib/*", "dev.brigade.kitchen.Brigade"]
CMD ["--help"]
