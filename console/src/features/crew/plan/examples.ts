import type { Language } from '@/lib/format'

/** Requests to try, from small to large. */
export const EXAMPLES: Record<Language, string[]> = {
  zh: [
    '实现用户登录功能，包括JWT认证、密码加密、会话管理',
    '简单修复首页按钮的样式问题',
    '构建完整的全栈电商系统：前端、API、数据库、部署与监控，质量优先',
  ],
  en: [
    'Implement user login with JWT, password encryption and sessions',
    'Quick fix of a button on the home page',
    'Build a complete full-stack shop: UI, REST API, database, deployment, premium quality',
  ],
}
