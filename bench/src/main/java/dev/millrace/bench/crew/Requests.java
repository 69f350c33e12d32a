package dev.millrace.bench.crew;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** A thousand different requests, half in Chinese and half in English, always the same. */
final class Requests {
  static final int COUNT = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> VERBS = List.of("实现", "开发", "优化", "修复", "设计", "部署", "测试", "重构");
  private static final List<String> THINGS =
      List.of(
          "用户登录功能，包括JWT认证、密码加密、会话管理",
          "订单系统的数据库和API",
          "一个简单的前端页面",
          "全栈博客，前端用Vue，后端用微服务",
          "支付接口的性能，3天内完成",
          "k8s上的监控和日志");
  private static final List<String> ENGLISH_VERBS =
      List.of("Implement", "Develop", "Optimize", "Fix", "Design", "Deploy", "Test", "Refactor");
  private static final List<String> ENGLISH_THINGS =
      List.of(
          "user login with JWT authentication, password encryption and session management",
          "the order system with its database and REST API",
          "a simple web page for the dashboard",
          "a complete full-stack blog with microservices",
          "the payment API within 2 weeks, high priority",
          "monitoring and logs for the docker containers");

  private Requests() {}

  /** Writes them as bodies, one a line. */
  static Path write(Path file) throws IOException {
    Random random = new Random(7);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String text =
          i % 2 == 0
              ? pick(VERBS, random) + pick(THINGS, random) + "，编号" + i
              : pick(ENGLISH_VERBS, random) + " " + pick(ENGLISH_THINGS, random) + ", ticket " + i;
      lines.add(JSON.writeValueAsString(Map.of("request", text)));
    }
    return Files.write(file, lines);
  }

  private static String pick(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
