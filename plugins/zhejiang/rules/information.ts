import { dataRule, type RuleSpec, text, workflow } from '../../../src/plugin-kit.ts';

const source = (clause: string) => ({ document: 'zj-2019-357', clause });

/** What the notice makes known; nothing is decided. */
export const informationRules: readonly RuleSpec[] = [
  dataRule({
    id: 'zj-2019-357/2.2-ordered',
    source: source('二(二), 四'),
    topic: 'project/ordered',
    summary: text('项目可以由各地订单、定向委托,或送培到地方。', 'Projects can be ordered by, commissioned by or delivered to a locality (订单式, 定向委托, 送培).'),
  }),
  dataRule({
    id: 'zj-2019-357/6.2-entry',
    source: source('六(二)'),
    topic: 'selection/entry',
    summary: text('选课期间也可从省公共服务平台公众号进入。', 'While selection is open it can also be reached from the province’s public WeChat account.'),
    reading: {
      name: 'open-to-other-front-ends',
      text: text('即以客户端凭证向其他前端开放的接口。', 'An API open to other front ends by client credentials.'),
    },
  }),
  workflow({
    id: 'zj-2019-357/6.3-accounts',
    source: source('六(三)'),
    topic: 'institution/accounts',
    summary: text('文件和表格可以下载;原有机构账号不变,新增机构由省另行通知账号。', 'Documents and forms can be downloaded; known institutions keep their accounts, new ones get theirs from the province.'),
  }),
];
