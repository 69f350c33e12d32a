// The words of the page itself. What the endpoints say of themselves comes from the document.
const TEXTS = {
  en: {
    endpoints: 'Endpoints', search: 'Search', document: 'OpenAPI document', key: 'Key', keyHint: 'Only where the server has keys; kept in this tab',
    parameters: 'Parameters', body: 'Body', answers: 'Answers', problems: 'Problems', errorReference: 'Problems and what to do', tryIt: 'Try it', send: 'Send', stop: 'Stop',
    sending: 'Sending …', copy: 'Copy', copied: 'Copied', format: 'Format', example: 'Example', reset: 'Example again', response: 'Answer', headers: 'Headers', request: 'The same with curl',
    save: 'Save', empty: 'No content', required: 'required', none: 'Nothing found', notJson: 'This is not JSON: ', failed: 'No answer: ', open: 'open', closed: 'ended', events: 'events',
    optional: 'may be empty', role: 'role', details: 'fields', orMore: 'or more', theme: { auto: 'Auto', light: 'Light', dark: 'Dark' }, menu: 'Menu', count: (n, p) => `${n} endpoints, ${p} kinds of problems`,
    problemIntro: 'Every failure is answered as application/problem+json (RFC 9457). The code is stable; programs should look at it and at errors[].pointer.',
    loadFailed: 'The API document could not be loaded: ', binary: 'bytes', default: 'default', bodyAsText: 'Sent as text', default_: 'not set', console: 'Console',
  },
  zh: {
    endpoints: '接口', search: '搜索', document: 'OpenAPI 文档', key: '密钥', keyHint: '仅当服务器设有密钥时需要;只保存在本标签页',
    parameters: '参数', body: '请求体', answers: '响应', problems: '可能的错误', errorReference: '错误码与处理办法', tryIt: '试一试', send: '发送', stop: '停止',
    sending: '发送中…', copy: '复制', copied: '已复制', format: '格式化', example: '示例', reset: '恢复示例', response: '响应', headers: '响应头', request: '等价的 curl 命令',
    save: '保存', empty: '无内容', required: '必填', none: '没有找到', notJson: '不是有效的 JSON:', failed: '没有响应:', open: '已连接', closed: '已结束', events: '个事件',
    optional: '可以为空', role: '角色', details: '字段', orMore: '或更多', theme: { auto: '自动', light: '浅色', dark: '深色' }, menu: '目录', count: (n, p) => `${n} 个接口,${p} 种错误`,
    problemIntro: '所有失败都以 application/problem+json(RFC 9457)返回。code 是稳定的;程序应判断 code 和 errors[].pointer。',
    loadFailed: '无法加载接口文档:', binary: '字节', default: '默认', bodyAsText: '按文本发送', default_: '不设置', console: '控制台',
  },
};

const stored = (name) => {
  try { return localStorage.getItem(name); } catch { return null; }
};

export const languages = ['en', 'zh'];
export let language = stored('millrace.api.language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
export const t = (name, ...args) => {
  const text = TEXTS[language][name] ?? TEXTS.en[name] ?? name;
  return typeof text === 'function' ? text(...args) : text;
};
export function setLanguage(value) {
  language = value;
  document.documentElement.lang = value === 'zh' ? 'zh-CN' : 'en';
  try { localStorage.setItem('millrace.api.language', value); } catch { /* private mode */ }
}

export let theme = stored('millrace.api.theme') ?? 'auto';
export function setTheme(value) {
  theme = value;
  if (value === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
  try { localStorage.setItem('millrace.api.theme', value); } catch { /* private mode */ }
}
