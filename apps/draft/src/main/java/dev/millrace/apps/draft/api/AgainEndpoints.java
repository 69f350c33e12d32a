package dev.millrace.apps.draft.api;

import dev.millrace.apps.draft.build.Workplace;
import dev.millrace.apps.draft.records.DraftRecords;
import dev.millrace.apps.draft.records.DraftRow;
import dev.millrace.apps.draft.records.FileRow;
import dev.millrace.apps.draft.records.Generation;
import dev.millrace.apps.draft.records.GenerationRecords;
import dev.millrace.http.Endpoint;
import dev.millrace.http.EndpointBuilder;
import dev.millrace.http.Reply;
import dev.millrace.outbound.Outbound;
import dev.millrace.outbound.OutboundException;
import dev.millrace.outbound.WebAnswer;
import dev.millrace.outbound.WebRequest;
import dev.millrace.outbound.groups.DownloadGroup;
import dev.millrace.outbound.groups.DownloadGroups;
import dev.millrace.tasks.TaskException;
import dev.millrace.tasks.Tasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Drafts by other ways than a recipe that is sent: from a link, again, or further. Thread-safe. */
public final class AgainEndpoints {
  private static final String DRAFTS = "/api/v1/draft/drafts";
  private static final Duration LINK_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_RECIPE_BYTES = 8 << 20;

  private final Tasks tasks;
  private final DraftRecords records;
  private final GenerationRecords generations;
  private final Submission submission;
  private final DownloadGroups groups;
  private final Workplace workplace;
  private final Outbound outbound;

  public AgainEndpoints(
      Tasks tasks,
      DraftRecords records,
      GenerationRecords generations,
      Submission submission,
      DownloadGroups groups,
      Workplace workplace,
      Outbound outbound) {
    this.tasks = tasks;
    this.records = records;
    this.generations = generations;
    this.submission = submission;
    this.groups = groups;
    this.workplace = workplace;
    this.outbound = outbound;
  }

  /** All of them. */
  public List<Endpoint> all() {
    return List.of(fromUrl(), regenerate(), retryDownloads());
  }

  private Endpoint fromUrl() {
    return Endpoint.post(DRAFTS + "/from-url")
        .id("submitDraftFromUrl")
        .tags("draft")
        .summary("Make a draft out of a recipe behind a link")
        .description(
            "The link may take 60 seconds and 8 MB, and leads to public addresses only, as those"
                + " of materials do.")
        .body(LinkBody.class, new LinkBody("https://cdn.example.com/recipe.json"))
        .answers(202, DraftAccepted.class, Examples.ACCEPTED)
        .problems(DraftProblems.RECIPE_UNREACHABLE, DraftProblems.RECIPE_INVALID)
        .handle(request -> {
          String url = request.body().url();
          DraftAccepted accepted =
              submission.submit(
                  fetch(url), request.traceparent(), Generation.Source.URL, Views.shown(url));
          return Reply.accepted(accepted).header("Location", accepted.statusUrl());
        });
  }

  private ObjectNode fetch(String url) throws InterruptedException {
    WebAnswer answer;
    try {
      answer =
          outbound
              .web()
              .send(WebRequest.get(url).withTotal(LINK_LIMIT).withMaxBytes(MOST_RECIPE_BYTES));
    } catch (OutboundException e) {
      throw DraftProblems.RECIPE_UNREACHABLE.because("url: " + e.getMessage() + ".");
    }
    if (answer.status() != 200) {
      throw DraftProblems.RECIPE_UNREACHABLE.because(
          "url: " + answer.url() + " answered with status " + answer.status() + ".");
    }
    try {
      JsonNode json = JsonMapper.shared().readTree(answer.body());
      if (json instanceof ObjectNode recipe) {
        return recipe;
      }
      throw DraftProblems.RECIPE_UNREACHABLE.because(
          "url: " + answer.url() + " is JSON, but no object.");
    } catch (JacksonException e) {
      throw DraftProblems.RECIPE_UNREACHABLE.because("url: " + answer.url() + " is no JSON.");
    }
  }

  private Endpoint regenerate() {
    return named(Endpoint.post(DRAFTS + "/{name}/regenerate"))
        .id("regenerateDraft")
        .summary("Make a new draft out of the recipe of another")
        .description(
            "Takes the recipe as it was sent, also after the draft itself is gone. A stored rule"
                + " group that it names is taken as it is now.")
        .answers(202, DraftAccepted.class, Examples.ACCEPTED)
        .problems(DraftProblems.DRAFT_WITHOUT_RECIPE, DraftProblems.RECIPE_INVALID)
        .handle(request -> {
          Generation made = generation(request.path("name"));
          ObjectNode recipe =
              (ObjectNode) JsonMapper.shared().readTree(records.recipe(made.task()));
          DraftAccepted accepted =
              submission.submit(
                  recipe, request.traceparent(), Generation.Source.DRAFT, made.name());
          return Reply.accepted(accepted).header("Location", accepted.statusUrl());
        });
  }

  private Endpoint retryDownloads() {
    return named(Endpoint.post(DRAFTS + "/{name}/retry-downloads"))
        .id("retryDraftDownloads")
        .summary("Try the failed downloads of a draft again")
        .description(
            "Only those that failed; files that are here stay, and the build then goes on. A draft"
                + " that is ready without them is made again by `regenerate`.")
        .answers(202, CountView.class, new CountView(2))
        .problems(DraftProblems.DRAFT_OVER, DraftProblems.DRAFT_WITHOUT_RECIPE)
        .handle(request -> {
          DraftRow row = row(request.path("name"));
          Optional<DownloadGroup> live = groups.find(row.name());
          return Reply.accepted(
              new CountView(live.isPresent() ? live.get().retryFailed() : retry(row)));
        });
  }

  private int retry(DraftRow row) throws IOException {
    if (row.isFolder()) {
      throw DraftProblems.DRAFT_WITHOUT_RECIPE.because(
          "The draft '" + row.name() + "' was not made here.");
    }
    List<FileRow> failed =
        records.files(row.task()).stream()
            .filter(file -> file.state() == FileRow.State.FAILED)
            .toList();
    if (row.ended() != dev.millrace.apps.draft.records.DraftState.FAILED) {
      throw DraftProblems.DRAFT_OVER.because(
          "The draft '"
              + row.name()
              + "' has not failed; "
              + failed.size()
              + " of its downloads have.");
    }
    for (FileRow file : failed) {
      // What is here and is not what it should be is fetched again as well.
      workplace.remove(row.name(), file.url());
    }
    records.forgetFailures(row.task());
    try {
      tasks.retry(row.task());
    } catch (TaskException e) {
      throw DraftProblems.DRAFT_OVER.because(e.getMessage() + ".");
    }
    return failed.size();
  }

  private Generation generation(String name) {
    return generations
        .find(name)
        .orElseThrow(() ->
            records.find(name).isPresent()
                ? DraftProblems.DRAFT_WITHOUT_RECIPE.because(
                    "The draft '" + name + "' was not made out of a recipe.")
                : DraftProblems.DRAFT_NOT_FOUND.because("There is no draft '" + name + "'."));
  }

  private DraftRow row(String name) {
    return records
        .find(name)
        .orElseThrow(
            () -> DraftProblems.DRAFT_NOT_FOUND.because("There is no draft '" + name + "'."));
  }

  private static EndpointBuilder<Void, Void> named(EndpointBuilder<Void, Void> endpoint) {
    return endpoint
        .tags("draft")
        .path("name", "Name of the draft.", Examples.NAME)
        .problems(DraftProblems.DRAFT_NOT_FOUND);
  }
}
