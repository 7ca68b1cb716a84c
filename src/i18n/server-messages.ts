import { text } from '../kernel/text.ts';
import type { Message, Text } from '../kernel/text.ts';
import { render } from './render.ts';
import type { Catalog, Language } from './render.ts';

/** The server's own sentences by key; those of rules come with the kernel and the plugins. */
export const serverMessages = {
  'request.queryTooLong': text('查询有 {found} 个字符，上限为 {limit}。请把数据放进变量（variables），查询里只写字段。', 'The query has {found} characters, the limit is {limit}. Put data into variables and keep only fields in the query.'),
  'request.tooManyTokens': text('查询超过 {limit} 个词法单元。请把数据放进变量（variables），或拆成几个查询。', 'The query has more than {limit} tokens. Put data into variables, or split it into several queries.'),
  'request.tooDeep': text('查询嵌套超过 {limit} 层。请减少嵌套，或从更靠近所需数据的字段开始查询。', 'The query is nested more than {limit} levels deep. Nest less, or start at a field closer to what you need.'),
  'request.tooManyFields': text('展开片段（fragment）之后，查询的字段超过 {limit} 个。请少选字段，或拆成几个查询。', 'With its fragments expanded the query selects more than {limit} fields. Select fewer, or split it into several queries.'),
  'request.tooManyAliases': text('查询用了 {found} 个别名，上限为 {limit}。多个对象请用接受列表的字段一次查询（例如 assessMany）。', 'The query uses {found} aliases, the limit is {limit}. For several objects use a field that takes a list (such as assessMany).'),
  'request.tooManyDirectives': text('查询用了 {found} 个指令，上限为 {limit}。请把相同条件的字段合进一个片段，只写一次条件。', 'The query uses {found} directives, the limit is {limit}. Put fields under one condition into one fragment and write the condition once.'),
  'request.tooManyRootFields': text('一次操作在顶层查询了超过 {limit} 个字段。请用接受列表的字段（例如 assessMany），或分几次请求。', 'An operation selects more than {limit} fields at its top. Use a field that takes a list (such as assessMany), or send several requests.'),
  'request.tooManyOperations': text('查询文档里有 {found} 个操作，上限为 {limit}。请只发送要执行的那一个。', 'The document holds {found} operations, the limit is {limit}. Send only the one to be executed.'),
  'request.tooManyDefinitions': text('查询文档里有 {found} 个操作和片段，上限为 {limit}。请只发送这次要用的。', 'The document holds {found} operations and fragments, the limit is {limit}. Send only those that this request uses.'),
  'request.tooManyRepeats': text('同名字段重复选取太多次（需比较的组合超过 {limit} 个）。同一个字段请只写一次。', 'Fields of one name are selected too often (more than {limit} pairs to compare). Write each field once.'),
  'request.tooMuchIntrospection': text('查询选取模式（schema）超过 {limit} 次。一次请求取一次即可。', 'The query selects the schema more than {limit} times. Once in a request is enough.'),
  'request.fragmentCycle': text('片段 {fragment} 直接或间接引用了自己。请去掉其中一处引用。', 'The fragment {fragment} spreads itself, directly or through others. Take out one of the spreads.'),
  'request.pageTooLarge': text('参数 {argument} 为 {found}，上限为 {limit}。请分页读取，每页不超过 {limit} 条。', 'The argument {argument} is {found}, the limit is {limit}. Read page by page, at most {limit} at a time.'),
  'request.pageNegative': text('参数 {argument} 为 {found}，不能小于 0。', 'The argument {argument} is {found}; it must not be below 0.'),
  'request.batch': text('一次请求只能有一个操作，收到的是 {found} 个操作的列表。请分开发送，或用接受列表的字段（例如 assessMany）。', 'A request holds one operation, this is a list of {found}. Send them one by one, or use a field that takes a list (such as assessMany).'),
  'request.variablesTooDeep': text('变量嵌套超过 {limit} 层。请检查是否把数据多包了几层。', 'The variables are nested more than {limit} levels deep. See whether the data was wrapped once too often.'),
  'request.tooManyQuestions': text('一次请求最多问 {limit} 个问题（各字段合计），现有 {found} 个。请分批提交。', 'A request asks at most {limit} questions, all its fields together; this one asks {found}. Send them in several requests.'),
  'request.listTooLong': text('{argument} 有 {found} 项，上限为 {limit}。请分几次请求。', '{argument} has {found} items, the limit is {limit}. Send them in several requests.'),
  'request.tooManyItems': text('一次请求的事实最多含 {limit} 条明细（各字段合计），现有 {found} 条。请分批提交。', 'The facts of a request hold at most {limit} list items, all its fields together; these hold {found}. Send them in several requests.'),
  'request.tooCostly': text('按页大小和列表的通常长度估计，这个请求的代价是 {found}，上限为 {limit}，其中最多的在 {path}。请在那里取较小的一页（first、last、ids、inputs），少选字段，或分几次请求。', 'By its page sizes and the usual length of lists this request costs {found}, the limit is {limit}; most of it lies at {path}. Take smaller pages there (first, last, ids, inputs), select fewer fields, or send several requests.'),
  'request.budgetExhausted': text('这个请求的代价是 {found}，本时段的额度 {limit} 只剩 {remaining}。请在 {seconds} 秒后再试，或取较小的页、少选字段。', 'This request costs {found}; of the budget of {limit} only {remaining} is left. Try again in {seconds} seconds, or take smaller pages and fewer fields.'),
  'request.tooRecursive': text('字段 {field} 在自身之内嵌套超过 {limit} 次。请从内层的对象重新开始一次查询（例如用它的 id 查询 node）。', 'The field {field} stands inside itself more than {limit} times. Start another query at the inner object (by its id, with node).'),
  'request.bodyTooLarge': text('请求体超过 {limit} 字节。请分几次发送。', 'The body of the request is larger than {limit} bytes. Send it in several parts.'),
  'request.mediaType': text('请求的 Content-Type 是 {found}，这里只接受 application/json。', 'The Content-Type of the request is {found}; only application/json is accepted here.'),
  'request.invalidJson': text('请求体不是合法的 JSON。请检查引号、逗号和括号。', 'The body of the request is not valid JSON. Check quotes, commas and brackets.'),
  'request.notUtf8': text('请求体不是 UTF-8：第 {byte} 个字节不属于任何字符。请以 UTF-8 编码发送。', 'The body of the request is not UTF-8: byte {byte} is part of no letter. Send it encoded in UTF-8.'),
  'request.timeout': text('请求没有在 {limit} 毫秒内发送完。请重试，或把数据分几次发送。', 'The request was not sent within {limit} milliseconds. Try again, or send the data in several parts.'),
  'request.bad': text('请求无法读取：{found}。', 'The request cannot be read: {found}.'),
  'request.headersTooLarge': text('请求的地址或标头太长。请用 POST 发送查询和变量。', 'The address or the headers of the request are too long. Send query and variables by POST.'),
  'import.mediaType': text('请求的 Content-Type 是 {found}，这里接受 text/csv，或 XLSX：{xlsx}。', 'The Content-Type of the request is {found}; accepted here are text/csv and XLSX, {xlsx}.'),
  'import.localOnly': text('目前只有本机可以导入（经代理转发的、来自其他网页的请求也不行）。要从别处导入，请在请求中带上 Authorization: Bearer：有导入权的角色的访问令牌，或管理员所设的 IMPORT_TOKEN。', 'Without a token imports are open to this machine alone, and to nothing that a proxy or a page of another site sends on. From elsewhere requests carry Authorization: Bearer with the access token of somebody whose role imports, or with the IMPORT_TOKEN that the operator has set.'),
  'import.tokenNeeded': text('导入需要令牌（Authorization: Bearer）：有导入权的角色的访问令牌，或管理员所设的令牌。', 'Imports need a token (Authorization: Bearer): the access token of somebody whose role imports, or the one that the operator has set.'),
  'import.noRole': text('导入须持有管理某地的角色：{roles}。', 'Importing takes a role over a place: {roles}.'),
  'import.whichPlace': text('您可为 {codes} 导入；请用 jurisdiction=代码 注明为哪里。', 'You may import for {codes}: say by jurisdiction=CODE for which of them.'),
  'import.noKind': text('没有「{found}」这种数据；可导入：{kinds}。', 'There is no kind of data `{found}`; what can be imported: {kinds}.'),
  'import.noSource': text('请用 source=名称 注明这是谁的文件；编号在一个来源内唯一。', 'Say by source=NAME whose file this is; keys are unique in a source.'),
  'import.badParameter': text('参数 {name} 的值「{found}」不对；应为：{expected}。', 'The parameter {name} is `{found}`; expected: {expected}.'),
  'import.noParameter': text('没有参数 {name}；可用：{known}。', 'There is no parameter {name}; there are: {known}.'),
  'import.tooMany': text('已有 {limit} 个导入在进行；请稍后再试。', '{limit} imports are running; try again later.'),
  'import.noStore': text('这个服务器没有数据库，无法导入。', 'This server has no store to import into.'),
  'import.storeFailed': text('导入没有完成，没有写入任何内容：{reason}。', 'The import was not finished and nothing was written: {reason}.'),
  'import.bodyTooLarge': text('请求体超过 {limit} 字节，没有写入任何内容；请分成几个文件，或在服务器上用 npm run import。', 'The body is larger than {limit} bytes, and nothing was written; send several files, or use npm run import on the server.'),
  'import.tooSlow': text('{limit} 毫秒内没有收到数据，没有写入任何内容。', 'Nothing was received for {limit} milliseconds, and nothing was written.'),
  'metrics.localOnly': text('运行数据只给本机的程序看（经代理转发的也不行）。要对外开放，请管理员设置 METRICS_TOKEN，并在请求中带上 Authorization: Bearer。', 'Metrics are open to programs of this machine alone, and to nothing that a proxy sends on. To open them, the operator sets METRICS_TOKEN and requests carry it as Authorization: Bearer.'),
  'metrics.tokenNeeded': text('查看运行数据需要管理员设置的令牌：Authorization: Bearer。', 'Metrics need the token that the operator has set: Authorization: Bearer.'),
  'route.notFound': text('没有 {method} {path} 这个地址。可用的地址：{routes}。', 'There is no {method} {path}. What exists: {routes}.'),
  'route.methodNotAllowed': text('{path} 不接受 {method}。可用的方法：{methods}。', '{path} does not take {method}. It takes: {methods}.'),
  'token.malformed': text('Authorization 标头不是「Bearer <访问令牌>」,或令牌残缺、过长、缺少 exp 或 sub。请重新登录取得令牌。', 'The Authorization header is no "Bearer <access token>", or the token is broken, too long, or without `exp` or `sub`. Sign in again for a new one.'),
  'token.issuer': text('令牌的签发者(iss)不是本服务认可的。请向本服务认可的身份提供者登录。', 'The token was issued (`iss`) by nobody that this service knows. Sign in with a provider that it does.'),
  'token.audience': text('令牌不是签发给本服务的(aud)。请以本服务为受众重新取得令牌。', 'The token is for another service (`aud`). Get one for this service.'),
  'token.algorithm': text('令牌的签名算法(alg)不在允许之列。', 'The token is signed by an algorithm (`alg`) that is not allowed.'),
  'token.signature': text('令牌的签名与签发者的密钥不符。请重新登录取得令牌。', 'The signature of the token fits none of the issuer’s keys. Sign in again for a new one.'),
  'token.expired': text('令牌已过期(exp)。请重新登录取得令牌。', 'The token has expired (`exp`). Sign in again for a new one.'),
  'token.notYet': text('令牌尚未生效(nbf 或 iat 在将来)。请检查时钟,或稍后再试。', 'The token is not good yet (`nbf` or `iat` is to come). Check the clock, or try again later.'),
  'token.notAccess': text('这不是访问令牌(例如是 ID 令牌)。请使用 access_token。', 'This is no access token, but an ID token or another kind. Use the `access_token`.'),
  'token.unavailable': text('身份提供者暂时没有给出密钥,无法核对令牌。请稍后重试。', 'The identity provider does not give its keys at the moment, so the token cannot be checked. Try again in a little while.'),
  'token.localOnly': text('演示令牌只发给本机的程序和页面。', 'Demo tokens are given to programs and pages of this machine alone.'),
  'token.noIdentity': text('没有这个演示身份;可用:{names}。', 'There is no such demo identity; there are: {names}.'),
  'access.signIn': text('{field} 不对所有人开放。请登录后再问:在请求标头中带上 Authorization: Bearer <访问令牌>。', '{field} is not open to everyone. Sign in and ask again: send the header Authorization: Bearer <access token>.'),
  'access.noAccount': text('您的令牌有效,但还没有与任何人员或角色关联,因此不能查询 {field}。请用邀请码关联(invitationAccept),或请上级授予角色。', 'Your token is good, but it is not linked to a person or a role yet, so {field} is closed to it. Link it with an invitation (invitationAccept), or have a role granted.'),
  'access.otherRoles': text('{field} 供以下角色查询:{roles};您持有:{held}。如确有需要,请向有权授予角色的上级申请。', '{field} is for the roles {roles}; you hold: {held}. If you need it, ask whoever grants roles above you.'),
  'access.hidden': text('{field} 不向您显示:您与此人的关系不够。', '{field} is not shown to you: your relation to this person does not reach so far.'),
  'ownData.notLinked': text('{field} 只给出本人的数据,而您的账号尚未与人员关联。请用邀请码关联(invitationAccept)。', '{field} gives out the data of whoever asks, and your account is linked to no person. Link it with an invitation (invitationAccept).'),
  'ownData.tooOften': text('本人数据每小时最多导出 {limit} 次。请在 {seconds} 秒后再试。', 'The own data are given out at most {limit} times an hour. Try again in {seconds} seconds.'),
  'store.none': text('本服务没有连接数据库，只能回答自带事实的问题（assess、assessMany、compare）。', 'This server runs without a database: it answers questions that bring their facts (assess, assessMany, compare).'),
  'store.unavailable': text('数据库暂时没有应答。请稍后重试；若一直如此，请把编号 {reference} 告诉管理员。', 'The database does not answer at the moment. Try again in a little while; if it stays so, give the reference {reference} to the administrator.'),
  'store.queryTimeout': text('数据库没有在限定时间内答完。请取较小的页或更窄的筛选条件再试；编号 {reference}。', 'The database did not finish within its time limit. Try again with a smaller page or a narrower filter; the reference is {reference}.'),
  'store.lockTimeout': text('别的改动正占用所需的数据，没有等到。请稍后重试；编号 {reference}。', 'Somebody else\'s change holds what this needs, and did not end in time. Try again in a little while; the reference is {reference}.'),
  'store.transactionTimeout': text('这次操作停顿过久，已被撤销，没有写入任何内容。请重试；编号 {reference}。', 'This paused for too long and was rolled back; nothing was written. Try again; the reference is {reference}.'),
  'overloaded': text('服务正忙。请在 {seconds} 秒后重试。', 'The service is busy. Try again in {seconds} seconds.'),
  'internal': text('服务内部出错。请把编号 {reference} 告诉管理员，日志里有对应的记录。', 'Something went wrong on our side. Give the reference {reference} to the administrator; the log holds the record.'),
} as const satisfies Record<string, Text>;

export type ServerMessageKey = keyof typeof serverMessages;

const catalog: Catalog = { messages: new Map(Object.entries(serverMessages)), units: new Map() };

/** One of the server's own sentences in a language. */
export const say = (language: Language, key: ServerMessageKey, params: Message['params'] = {}): string => render(catalog, { key, params }, language);

/** The same in both languages, for those whose language is not known. */
export const sayBoth = (key: ServerMessageKey, params: Message['params'] = {}): Text => text(say('zh', key, params), say('en', key, params));
