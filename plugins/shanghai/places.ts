import { text } from '../../src/plugin-kit.ts';

const DISTRICTS: readonly (readonly [code: string, zh: string, en: string])[] = [
  ['310101', '黄浦区', 'Huangpu'],
  ['310104', '徐汇区', 'Xuhui'],
  ['310105', '长宁区', 'Changning'],
  ['310106', '静安区', "Jing'an"],
  ['310107', '普陀区', 'Putuo'],
  ['310109', '虹口区', 'Hongkou'],
  ['310110', '杨浦区', 'Yangpu'],
  ['310112', '闵行区', 'Minhang'],
  ['310113', '宝山区', 'Baoshan'],
  ['310114', '嘉定区', 'Jiading'],
  ['310115', '浦东新区', 'Pudong'],
  ['310116', '金山区', 'Jinshan'],
  ['310117', '松江区', 'Songjiang'],
  ['310118', '青浦区', 'Qingpu'],
  ['310120', '奉贤区', 'Fengxian'],
  ['310151', '崇明区', 'Chongming'],
];

/** The districts, whose education authorities set the tables and minima that the city's rules leave to them. */
export const places = DISTRICTS.map(([code, zh, en]) => ({ code, name: text(zh, en) }));
