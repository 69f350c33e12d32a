package dev.millrace.apps.crew.decisions;

import dev.millrace.http.schema.Doc;
import java.util.List;

/** Decisions and how they hang together. */
@Doc("Decisions and how they hang together.")
public record Network(
    @Doc("Decisions and impacts.") List<Node> nodes,
    @Doc("What leads from one to another.") List<Edge> edges,
    @Doc("Whether more was left out.") boolean cut) {

  /** A decision, or an impact of one. */
  @Doc("A decision, or an impact of one.")
  public record Node(
      @Doc("Unique within the answer.") String id,
      @Doc("decision or impact.") String kind,
      @Doc("In one line.") String title,
      @Doc("The status of a decision, the outcome of an impact.") String state) {}

  /** What leads from one node to another. */
  @Doc("What leads from one node to another.")
  public record Edge(
      @Doc("Where it begins.") String from,
      @Doc("Where it leads.") String to,
      @Doc("supersedes or impacts.") String kind) {}
}
