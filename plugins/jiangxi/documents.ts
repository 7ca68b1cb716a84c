import { day, type DocumentSpec, text } from '../../src/plugin-kit.ts';

export const documents: readonly DocumentSpec[] = [
  {
    id: 'jx-2014-36',
    title: text(
      '关于进一步加强我省中小学(幼儿园)教师全员远程培训管理工作的通知',
      'Notice on better management of the distance training of all teachers of primary and secondary schools and kindergartens',
    ),
    number: '赣教师字〔2014〕36号',
    issuer: text('江西省教育厅', 'Jiangxi Education Department'),
    issuedOn: day('2014-11-24'),
    inForce: { from: '2014-11-24', to: null },
    evidence: 'founding',
  },
];
