package dev.millrace.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the table of ARCHITECTURE.md: what is not listed is forbidden. */
class ArchitectureTest {
  private static final String ROOT = "dev.millrace.";

  /** Module → the modules of ours that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "store", Set.of(),
          "expression", Set.of(),
          "tasks", Set.of("store", "expression"),
          "outbound", Set.of("store"),
          "http", Set.of("store"),
          "app", Set.of("store", "expression", "tasks", "outbound", "http"),
          "apps.crew", Set.of("app", "store", "expression", "tasks", "outbound", "http"),
          "apps.draft", Set.of("app", "store", "expression", "tasks", "outbound", "http"),
          "server",
              Set.of(
                  "store",
                  "expression",
                  "tasks",
                  "outbound",
                  "http",
                  "app",
                  "apps.crew",
                  "apps.draft"));

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace");

  @Test
  void modulesUseOnlyWhatTheTableLists() {
    Set<String> violations = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    for (JavaClass from : OURS) {
      String user = module(from);
      if (user.equals("testkit")) {
        continue;
      }
      assertThat(MAY_USE).as("a module that the table does not know").containsKey(user);
      seen.add(user);
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        if (target.getPackageName().startsWith(ROOT)
            && !module(target).equals(user)
            && !MAY_USE.get(user).contains(module(target))) {
          violations.add(dependency.getDescription());
        }
      }
    }
    assertThat(violations).isEmpty();
    assertThat(seen).as("modules on the class path").isEqualTo(MAY_USE.keySet());
  }

  @Test
  void onlyHttpKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.millrace.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(OURS);
  }

  @Test
  void onlyTheStoreKnowsSqlite() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.millrace.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.sqlite..")
        .check(OURS);
  }

  @Test
  void extensionPointsMentionNoThirdPartyType() {
    classes()
        .that()
        .resideInAPackage("dev.millrace..spi")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.millrace..", "org.jspecify..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void namesSayWhatAThingDoes() {
    List<String> words = List.of("common", "util", "utils", "shared", "helper", "model", "impl");
    Set<String> bad = new TreeSet<>();
    for (JavaClass type : OURS) {
      for (String part : type.getPackageName().split("\\.")) {
        if (words.contains(part)) {
          bad.add(type.getName());
        }
      }
      for (String word : List.of("Util", "Utils", "Helper", "Impl", "Manager")) {
        if (type.getSimpleName().endsWith(word)) {
          bad.add(type.getName());
        }
      }
    }
    assertThat(bad).isEmpty();
  }

  @Test
  void nothingIsStaticAndMutable() {
    DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysTrue();
    assertThat(OURS.that(any).stream())
        .allSatisfy(type ->
            assertThat(type.getFields())
                .filteredOn(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filteredOn(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                .allMatch(
                    field -> field.getModifiers().contains(JavaModifier.FINAL),
                    "static fields are final"));
  }

  private static String module(JavaClass type) {
    String[] parts = type.getPackageName().substring(ROOT.length()).split("\\.");
    return parts[0].equals("apps") ? "apps." + parts[1] : parts[0];
  }
}
