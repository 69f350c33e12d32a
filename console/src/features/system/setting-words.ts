/**
 * What the settings do, in Chinese; the server tells it in English, as in millrace.yaml. Settings
 * of outside applications are shown in their own words.
 */
export const SETTING_WORDS: Record<string, string> = {
  'server.host': '监听地址。在有密钥把陌生人挡在外面之前，只接受回环地址。',
  'server.port': '监听端口；0 表示使用任意空闲端口。',
  'server.allowed-hosts': '除 localhost 外，客户端可用来访问本服务的主机名，例如在代理之后。',
  'server.max-body': '可读取的最大请求体。',
  'server.grace-period':
    '通知服务停止后，运行中的任务和请求还可以继续多久。需要更久的任务会放回队列，下次启动时重新运行。',
  'server.samples': '添加用于试用的 sample.* 任务类型，与 up --samples 相同。',
  'store.sync':
    '提交在什么时候算作持久：full 可经受断电；normal 在断电时可能丢失最后片刻，仅进程退出则不会。',
  'store.readers': '读取线程数，每个线程一个连接。',
  'store.read-limit': '超过此时长的读取会被中断，因为它们使日志无法收缩。',
  'store.slow-statement': '超过此时长的语句会连同执行计划一起保留。',
  'store.page-cache': '每个连接用于页面缓存的内存，按需使用。',
  'store.max-size': '数据库不得超过的大小；0 表示仅受磁盘限制。',
  'tasks.concurrency': '一个队列同时运行的任务数，除非队列有自己的上限。',
  'tasks.ageing':
    '每一级优先级相当于提前多久提交：空闲任务（9）在紧急任务（0）之后最多等待此值的 9 倍。',
  'tasks.retention': '已结束的任务在历史中保留多久。',
  'tasks.history': '历史中保留多少个已结束的任务。',
  'tasks.adaptive.auto-concurrency':
    '设为 auto 的队列是否自动确定同时运行多少任务；关闭时与其他队列相同。',
  'tasks.adaptive.auto-queues': '从一开始就设为 auto 的队列，除非有人另行设置；* 表示全部。',
  'tasks.adaptive.memory-guard': '内存将满之前是否减少启动，并在最后拒绝新的提交。',
  'tasks.adaptive.auto-tuning':
    '对任务多到来不及处理、且没有人设置过的队列，是否试验同时运行多少任务。',
  'tasks.adaptive.trial-time': '一次试验以及与之比较的时段至少多长。',
  'tasks.retention-by-type':
    '个别类型的已结束任务保留多久，例如 report.build=90d；名称可以以 .* 结尾，* 表示全部。优先于类型自己的规定。',
  'tasks.result-retention-by-type':
    '个别类型的结果保留多久，例如 *=7d, image.resize=1h；任务本身仍按原来的时间保留。',
  'tasks.redact':
    '不向任何人显示其值的字段名，适用于所有任务的输入、结果、日志和错误；处理程序得到完整的值。',
  'tasks.encryption.keys':
    '密钥，写作“编号=32 字节的 base64”，最新的放在最后：它用于加密，其余只用于读取。最好用 MILLRACE_TASKS_ENCRYPTION_KEYS 给出。',
  'tasks.encryption.key-file': '存放这些密钥的文件，每行一个，用来代替 keys。',
  'tasks.encryption.types':
    '除自己声明的类型外，哪些任务类型的输入、结果、步骤和日志要加密：名称、report.*，或用 * 表示全部。',
  'log.level': '写出的最低级别：error、warn、info 或 debug。',
  'log.format': '标准错误输出的日志格式：text 供人阅读，json 供采集程序使用。',
  'draft.root': '成品草稿所在文件夹。留空表示应用自己的文件夹下的 drafts。',
  'draft.material-path-prefix':
    '同一文件夹在剪辑电脑上的路径，例如 D:/JianyingPro/Drafts。在本机打开草稿时留空。',
  'draft.active': '同时生成的草稿数。',
  'draft.task-time-limit': '一次生成草稿的尝试最多可用多久。',
  'draft.ffprobe': 'ffprobe 程序的路径，用于识别服务器自身不认识的媒体格式。留空则不运行任何程序。',
  'draft.catalogue':
    'JSON 文件的路径，其中的效果可与自带的一样在配方中按名称使用；启动时读取。留空表示没有。',
  'draft.downloads.allow-private-addresses':
    '素材是否可以从回环、私有和链路本地地址下载。这会让提交配方的人触及你的内部网络。',
  'draft.downloads.concurrency': '同时下载的文件数。',
  'draft.downloads.per-host':
    '从同一主机同时下载的文件数。草稿的素材常常来自同一主机；如果对方服务器介意，请调低。',
  'draft.downloads.max-bytes': '可下载的最大文件。',
  'draft.downloads.cache-bytes': '为以后的草稿保留的已下载文件总量。',
  'draft.downloads.attempts': '一个文件尝试多少次后视为缺失。',
  'draft.downloads.stall-limit': '下载中服务器沉默多久后结束本次尝试。',
  'draft.downloads.bytes-per-second': '所有下载合计每秒的速度；0 表示不限，否则至少 64 KB。',
  'draft.downloads.engine': '由谁下载文件：built-in（内置）、aria2，或你的 jar 提供的引擎名称。',
  'draft.downloads.aria2.program': '要启动的 aria2c 程序的路径或名称。',
  'draft.downloads.aria2.url':
    '本机上已在运行的 aria2 的 JSON-RPC 地址，例如 http://127.0.0.1:6800/jsonrpc。留空则由服务器启动一个。',
  'draft.downloads.aria2.secret': '该 aria2 的 rpc-secret。',
  'draft.downloads.aria2.connections':
    'aria2 为一个文件最多打开的连接数，每个连接至少负责一兆字节。',
  'draft.keep.drafts': '成品草稿保留多久；0 表示保留到有人删除为止。',
  'draft.keep.records': '草稿删除后，其记录和配方保留多久；0 表示永久保留。',
  'draft.keep.failed-downloads':
    '因部分文件无法获取而失败的草稿，其已下载的文件保留多久，以便再次尝试下载。',
  'draft.keep.cache': '没有草稿使用的缓存文件保留多久；0 表示永久保留。',
  'draft.keep.cleanup': '何时清理已结束的内容，UTC 时间的 cron 规则。',
  'crew.rules':
    '解读需求的附加规则文件（JSON）路径。与内置规则同名的会替换它，其余的会追加。留空则只用内置规则。',
  'crew.import-folders':
    '除应用自己文件夹下的 imports 外，允许从哪些文件夹导入决策。能发请求的人可以读取其中的 JSON 文件。',
  'webhooks.allow-private-addresses':
    'Webhook 是否可以调用回环、私有和链路本地地址。这会让设置 Webhook 的人触及你的内部网络。',
  'webhooks.allowed-networks': '仍然允许 Webhook 调用的私有网络，写作 CIDR，例如 10.1.0.0/16。',
  'webhooks.timeout': '接收方最多可以多久才应答。',
  'webhooks.attempts': '一次投递最多尝试几次，间隔从 5 秒到 6 小时。',
  'webhooks.disable-after': '连续失败这么久的 Webhook 会被停用。',
  'webhooks.keep': '投递记录保留多久。',
  'crew.person-time-limit': '由人承担代理工作时，最多等多久得到答复。',
  'crew.retry-pause': '代理的工作失败后，隔多久再试；此后每次加倍，最长一分钟。',
  'crew.shell.programs':
    '代理可以运行的程序：在 crew.shell.path 中查找的名称，或绝对路径。默认一个也不允许。能发请求的人可以用任意参数运行它们；列入 shell 或解释器，等于允许服务器用户能做的一切。',
  'crew.shell.path': '查找程序的文件夹，用冒号分隔；也是程序的 PATH。',
  'crew.shell.environment': '程序能看到的服务器环境变量的名称，例如 JAVA_HOME。其余的一律不可见。',
  'crew.shell.concurrency': '同时运行的程序数。',
  'crew.shell.kept-output': '程序输出的末尾保留多少作为结果。',
  'crew.shell.most-output': '一个程序最多可以输出多少；超过就结束它。',
  'crew.http.allow-private-addresses':
    '代理是否可以调用回环、私有和链路本地地址。这会让发请求的人触及你的内部网络。',
  'crew.http.allowed-networks': '仍然允许调用的私有网络，写作 CIDR，例如 10.1.0.0/16。',
}
