package dev.brigade.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.brigade.orders.CommandFailure;
import dev.brigade.orders.ExitCode;
import dev.brigade.orders.Order;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RecipeSpecsTest {
  @Test
  void eachDishGetsItsRecipeAndTheStarServesTheRest() throws Exception {
    try (Recipes recipes =
        RecipeSpecs.load(
            List.of(
                "burger=simulate:0ms,jitter=0.2,fail=1",
                "fries=exec:echo salted=$ORDER_DISH",
                "salad=class:" + KnownAsync.class.getName(),
                "*=class:" + Known.class.getName()),
            null)) {
      assertThat(recipes.forDish("salad")).isInstanceOf(KnownAsync.class);
      assertThat(recipes.forDish("burger")).isInstanceOf(SimulateRecipe.class);
      assertThat(recipes.forDish("soup")).isInstanceOf(Known.class);
      Recipe fries = (Recipe) requireNonNull(recipes.forDish("fries"));
      assertThat(fries.cook(TestOrders.order(), TestOrders.FIRST_TRY))
          .isEqualTo(CookResult.cooked(TextNode.valueOf("salted=burger")));
    }
  }

  @Test
  void withoutAStarOtherDishesHaveNoRecipe() throws Exception {
    try (Recipes recipes = RecipeSpecs.load(List.of("burger=simulate:1ms"), null)) {
      assertThat(recipes.forDish("soup")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0ms", "200us", "3s", "1ms,fail=0", "1ms,fail=1.0,jitter=1", "1m, fail=0.5"})
  void simulationsCanBeSpelled(String spec) throws Exception {
    try (Recipes recipes = RecipeSpecs.load(List.of("*=simulate:" + spec), null)) {
      assertThat(recipes.forDish("any")).isInstanceOf(SimulateRecipe.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          burger                        | has no '='; expected DISH=SPEC
          ^^                            | has no '='; expected DISH=SPEC
          =simulate:1ms                 | dish must match [A-Za-z0-9._-]{1,64}, but is ''
          a b=simulate:1ms              | dish must match [A-Za-z0-9._-]{1,64}, but is 'a b'
          **=simulate:1ms               | dish must match [A-Za-z0-9._-]{1,64}, but is '**'
          burger=                       | unknown kind of recipe ''; expected
          burger=simulate               | '' is not a duration: expected
          burger=magic:1                | unknown kind of recipe 'magic'; expected
          burger=http:localhost         | unknown kind of recipe 'http'; expected
          burger=Exec:true              | unknown kind of recipe 'Exec'; expected
          burger=simulate:              | '' is not a duration: expected
          burger=simulate:20            | '20' is not a duration: expected
          burger=simulate:-5ms          | '-5ms' is not a duration: expected
          burger=simulate:9999999h      | is too long: at most 24000h
          burger=simulate:1ms,          | '' is not known; expected simulate:DURATION
          burger=simulate:1ms,fale=1    | 'fale=1' is not known; expected simulate:DURATION
          burger=simulate:1ms,fail      | 'fail' is not known; expected simulate:DURATION
          burger=simulate:1ms,fail=     | fail must be a number from 0 to 1, such as 0.2, but is ''
          burger=simulate:1ms,fail=1.01 | fail must be a number from 0 to 1, such as 0.2, but is '1.01'
          burger=simulate:1ms,fail=-0.1 | fail must be a number from 0 to 1, such as 0.2, but is '-0.1'
          burger=simulate:1ms,fail=NaN  | fail must be a number from 0 to 1, such as 0.2, but is 'NaN'
          burger=simulate:1ms,jitter=2  | jitter must be a number from 0 to 1, such as 0.2, but is '2'
          burger=simulate:1ms,fail=0,fail=1 | fail is given twice; expected
          burger=exec:                  | nothing after the colon; expected exec:COMMAND
          burger=exec                   | nothing after the colon; expected exec:COMMAND
          burger=class:                 | nothing after the colon; expected class:NAME
          burger=class:com.example.None | class com.example.None is not on the class path, and there is no --plugins DIR
          burger=class:../etc           | class ../etc is not on the class path
          burger=class:java.lang.String | class java.lang.String implements neither dev.brigade.worker.Recipe nor dev.brigade.worker.AsyncRecipe; expected one of them
          burger=class:dev.brigade.worker.Recipe | class dev.brigade.worker.Recipe must be public and not abstract
          burger=class:dev.brigade.worker.RecipeSpecsTest$Hidden | must be public and not abstract
          burger=class:dev.brigade.worker.RecipeSpecsTest$Wanting | has no public constructor without parameters
          burger=class:dev.brigade.worker.RecipeSpecsTest$Failing | its constructor threw java.lang.IllegalStateException: no oven
          burger=class:dev.brigade.worker.RecipeSpecsTest$Unready | could not be loaded: java.lang.ExceptionInInitializerError
          """)
  void aWrongSpecIsAUsageErrorThatNamesIt(String spec, String complaint) {
    assertThatThrownBy(() -> RecipeSpecs.load(List.of(spec), null).close())
        .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(
            e ->
                assertThat(e)
                    .message()
                    .hasLineCount(1)
                    .startsWith("--recipe '" + spec + "': ")
                    .contains(complaint));
  }

  @Test
  void anUnknownKindIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> RecipeSpecs.load(List.of("*=magic"), null))
        .hasMessageContainingAll("simulate:", "exec:", "class:");
  }

  @Test
  void aDishWithTwoRecipesIsRefused() {
    List<String> specs = List.of("*=simulate:1ms", "a=simulate:1ms", "*=simulate:2ms");

    assertThatThrownBy(() -> RecipeSpecs.load(specs, null))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--recipe '*=simulate:2ms': dish * has a recipe already; give one each");
  }

  @Test
  void controlCharactersOfAWrongSpecDoNotReachTheTerminal() {
    assertThatThrownBy(() -> RecipeSpecs.load(List.of("a\u001b[2J\n=x\n:y"), null))
        .isInstanceOf(CommandFailure.class)
        .message()
        .doesNotContain("\u001b", "\n");
  }

  @Test
  void recipesAreClosedWithTheWhole() throws Exception {
    int closed = Known.CLOSED.get();
    List<String> specs =
        List.of("a=class:" + Known.class.getName(), "b=class:" + KnownAsync.class.getName());

    RecipeSpecs.load(specs, null).close();

    assertThat(Known.CLOSED).hasValue(closed + 2);
  }

  @Test
  void recipesAlreadyOpenAreClosedIfALaterOneIsWrong() {
    int closed = Known.CLOSED.get();
    List<String> specs = List.of("a=class:" + Known.class.getName(), "b=magic");

    assertThatThrownBy(() -> RecipeSpecs.load(specs, null)).isInstanceOf(CommandFailure.class);

    assertThat(Known.CLOSED).hasValue(closed + 1);
  }

  /** Has all a class recipe needs. */
  public static class Known implements Recipe {
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Override
    public CookResult cook(Order order, CookContext context) {
      return CookResult.cooked();
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  /** Has all a class recipe needs, and holds no chef. */
  public static final class KnownAsync implements AsyncRecipe {
    @Override
    public CompletionStage<CookResult> cook(Order order, CookContext context) {
      return CompletableFuture.completedStage(CookResult.cooked());
    }

    @Override
    public void close() {
      Known.CLOSED.incrementAndGet();
    }
  }

  static final class Hidden extends Known {}

  /** Its constructor wants something. */
  public static final class Wanting extends Known {
    public Wanting(String something) {
      assertThat(something).isNotNull();
    }
  }

  /** Its constructor fails. */
  public static final class Failing extends Known {
    public Failing() {
      throw new IllegalStateException("no oven");
    }
  }

  /** Its class cannot be initialised. */
  public static final class Unready extends Known {
    static final int OVENS = Integer.parseInt("none");
  }
}
