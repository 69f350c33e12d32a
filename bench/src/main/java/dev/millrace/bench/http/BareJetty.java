package dev.millrace.bench.http;

import dev.millrace.bench.Java;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The most that the HTTP server we use can do here: Jetty's core with one handler on virtual
 * threads that reads the request and answers the same JSON every time. In a process of its own,
 * with the options of the virtual machine that our launcher gives our server.
 */
public final class BareJetty implements AutoCloseable {
  private static final String CONSTANT =
      """
      {"id":"019a0000-0000-7000-8000-000000000000","state":"ready","position":"0-0",\
      "statusUrl":"/api/v1/tasks/019a0000-0000-7000-8000-000000000000"}\
      """;

  private final Process process;
  private final int port;

  private BareJetty(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static BareJetty start(List<String> options) throws IOException {
    Process process = Java.command(BareJetty.class, options.toArray(String[]::new)).start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = lines.readLine();
    if (port == null) {
      throw new IOException("The bare server did not start");
    }
    return new BareJetty(process, Integer.parseInt(port));
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public static void main(String[] arguments) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    server.setHandler(new Constant(CONSTANT.getBytes(StandardCharsets.UTF_8)));
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  private static final class Constant extends Handler.Abstract {
    private final byte[] answer;

    Constant(byte[] answer) {
      this.answer = answer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Content.Source.asByteBuffer(request);
      response.setStatus(202);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
  }
}
