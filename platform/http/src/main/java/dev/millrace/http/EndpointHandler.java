package dev.millrace.http;

/**
 * Answers the requests of one endpoint, on a virtual thread; may block. Any exception that is no
 * {@link ProblemException} is logged and answered with an error id.
 */
@FunctionalInterface
public interface EndpointHandler<B, Q> {
  Reply handle(Request<B, Q> request) throws Exception;
}
