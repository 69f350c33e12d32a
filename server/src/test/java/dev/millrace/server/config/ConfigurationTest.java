package dev.millrace.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.app.Setting;
import dev.millrace.app.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  record Downloads(
      @Setting(value = "false", doc = "Lifts the guard.") boolean allowPrivateAddresses,
      @Setting(value = "50", min = 1, max = 500, doc = "At once.") int concurrency,
      @Setting(value = "", doc = "Hosts.") List<String> hosts) {}

  record Draft(Downloads downloads) {}

  @TempDir Path data;
  private final ConfigurationSchema schema = new ConfigurationSchema().add("draft", Draft.class);

  private Configuration load(Map<String, String> environment, String... sets) {
    return Configuration.load(schema, data, environment, List.of(sets));
  }

  private Draft draft(Configuration configuration) {
    return configuration.settings().bind("draft", Draft.class);
  }

  @Test
  void laterSourcesWinAndEachValueNamesItsOwn() throws IOException {
    Files.writeString(
        data.resolve(Configuration.FILE),
        """
        draft:
          downloads:
            concurrency: 5
            allow-private-addresses: true
        draft.downloads.hosts: [a.example, b.example]
        """);
    Configuration configuration =
        load(
            Map.of("MILLRACE_DRAFT_DOWNLOADS_CONCURRENCY", "6", "PATH", "/bin"),
            "draft.downloads.concurrency=7");
    assertThat(draft(configuration).downloads())
        .isEqualTo(new Downloads(true, 7, List.of("a.example", "b.example")));
    assertThat(configuration.entries())
        .extracting(e -> e.key().name() + "=" + e.value() + " " + e.source())
        .containsExactly(
            "draft.downloads.allow-private-addresses=true millrace.yaml",
            "draft.downloads.concurrency=7 --set",
            "draft.downloads.hosts=a.example,b.example millrace.yaml");
    assertThat(
            draft(load(Map.of("MILLRACE_DRAFT_DOWNLOADS_CONCURRENCY", "6")))
                .downloads()
                .concurrency())
        .isEqualTo(6);
  }

  @Test
  void namesTheNearestKeyForEveryUnknownOne() throws IOException {
    Files.writeString(data.resolve(Configuration.FILE), "draft.download.concurrency: 5\n");
    assertThatThrownBy(
            () -> load(Map.of("MILLRACE_DRAFT_DOWNLOADS_CONCURENCY", "6"), "zzz=1", "nonsense"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("did you mean 'draft.downloads.concurrency'?")
        .hasMessageContaining("did you mean 'MILLRACE_DRAFT_DOWNLOADS_CONCURRENCY'?")
        .hasMessageContaining("'./millrace config' lists all")
        .hasMessageContaining("write it as --set key=value");
  }

  @Test
  void refusesAFileThatIsNoYaml() throws IOException {
    Files.writeString(data.resolve(Configuration.FILE), "draft: [1, 2\n");
    assertThatThrownBy(() -> load(Map.of())).hasMessageContaining("no valid YAML");
    Files.writeString(data.resolve(Configuration.FILE), "just words\n");
    assertThatThrownBy(() -> load(Map.of())).hasMessageContaining("key: value");
  }

  @Test
  void writesACommentedFileThatChangesNothingAndKeepsAnExistingOne() throws IOException {
    Configuration fresh = load(Map.of());
    fresh.writeTemplate(data);
    String text = Files.readString(data.resolve(Configuration.FILE));
    assertThat(text).contains("#draft.downloads.concurrency: 50", "# At once.");
    assertThat(draft(load(Map.of()))).isEqualTo(draft(fresh));
    Files.writeString(
        data.resolve(Configuration.FILE), text.replace("#draft.", "draft.").replace("50", "9"));
    fresh.writeTemplate(data);
    assertThat(draft(load(Map.of())).downloads().concurrency()).isEqualTo(9);
  }

  record Mail(
      @Setting(value = "", doc = "The account's.") String password,
      @Setting(value = "", secret = true, doc = "A name that gives nothing away.") String door,
      @Setting(value = "smtp.example.com", doc = "The server.") String host) {}

  @Test
  void hidesSecretsThatAreSet() {
    ConfigurationSchema mail = new ConfigurationSchema().add("mail", Mail.class);
    Configuration configuration =
        Configuration.load(
            mail, data, Map.of("MILLRACE_MAIL_PASSWORD", "hunter2"), List.of("mail.door=sesame"));
    assertThat(configuration.entries())
        .extracting(Configuration.Entry::shown)
        .containsExactly(Configuration.HIDDEN, Configuration.HIDDEN, "smtp.example.com");
    assertThat(configuration.settings().bind("mail", Mail.class).password()).isEqualTo("hunter2");
  }
}
