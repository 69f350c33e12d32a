package dev.millrace.http;

import dev.millrace.http.schema.Schema;
import dev.millrace.http.schema.SchemaException;
import java.io.InputStream;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Reads and checks what a request brings: its query parameters and its body. */
final class Inputs {
  private final Route route;
  private final Request request;

  Inputs(Route route, Request request) {
    this.route = route;
    this.request = request;
  }

  /**
   * The query parameters in their record; null if the endpoint has none.
   *
   * @throws ProblemException naming every wrong parameter
   */
  @Nullable Object query() {
    String query = request.getHttpURI().getQuery();
    if (route.endpoint.query() == null && (query == null || query.isEmpty())) {
      return null;
    }
    try {
      return route.querySchema().readQuery(query);
    } catch (SchemaException faults) {
      throw HttpProblems.QUERY_INVALID.because(summary(faults), faults.faults());
    }
  }

  /**
   * The body in its record; null if the endpoint has none.
   *
   * @throws ProblemException naming every wrong place
   */
  @Nullable Object body() {
    Endpoint.Body declared = route.endpoint.body();
    if (declared == null) {
      return null;
    }
    HttpFields asked = request.getHeaders();
    String type = asked.get(HttpHeader.CONTENT_TYPE);
    boolean yaml = type != null && declared.yaml() && Accepts.isOf(type, Fields.YAML);
    if (type != null && !yaml && !Accepts.isOf(type, declared.contentType())) {
      throw unsupported(declared, "the content type '" + Shown.cut(type) + "'");
    }
    String encoding = asked.get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equals("identity")) {
      throw unsupported(declared, "the content encoding '" + Shown.cut(encoding) + "'");
    }
    var reader = new BodyReader(request, route.maxBody);
    if (declared.type() == InputStream.class) {
      if (type == null) {
        throw unsupported(declared, "no content type");
      }
      return reader.stream();
    }
    reader.read();
    if (reader.length == 0) {
      if (declared.whenAbsent() != null) {
        return declared.whenAbsent();
      }
      throw HttpProblems.BODY_MISSING.because("The body is empty.");
    }
    if (type == null) {
      throw unsupported(declared, "no content type");
    }
    if (declared.type() == byte[].class) {
      return Arrays.copyOf(reader.bytes, reader.length);
    }
    Schema<?> schema = route.bodySchema(declared.type());
    if (yaml) {
      byte[] json = Yaml.json(reader.bytes, reader.length);
      return decoded(schema, json, json.length);
    }
    return decoded(schema, reader.bytes, reader.length);
  }

  private static ProblemException unsupported(Endpoint.Body declared, String found) {
    return HttpProblems.MEDIA_TYPE_UNSUPPORTED.because(
        "The body must be "
            + declared.contentType()
            + (declared.yaml() ? " or " + Fields.YAML : "")
            + ", not compressed; this one has "
            + found
            + ".");
  }

  private static Object decoded(Schema<?> schema, byte[] bytes, int length) {
    try {
      return schema.read(bytes, 0, length);
    } catch (SchemaException faults) {
      throw HttpProblems.BODY_INVALID.because(summary(faults), faults.faults());
    } catch (StreamConstraintsException limit) {
      throw HttpProblems.JSON_TOO_DEEP.because(limit.getOriginalMessage() + ".");
    } catch (JacksonException malformed) {
      var at = malformed.getLocation();
      String place =
          at == null ? "" : "Line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      throw HttpProblems.JSON_MALFORMED.because(place + malformed.getOriginalMessage() + ".");
    }
  }

  private static String summary(SchemaException faults) {
    int count = faults.count();
    int listed = faults.faults().size();
    if (count == 1) {
      return "One place is wrong.";
    }
    return count
        + " places are wrong"
        + (count > listed ? "; the first " + listed + " are listed." : ".");
  }
}
