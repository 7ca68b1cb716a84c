import type { PopulationSpec, RandomSource, Weighted } from '../plugin-host/population.ts';

/** Surnames by how often they occur, in ten-thousandths; the rest of all people share those at the end. */
const SURNAMES: Weighted<string> = (
  [
    [790, '王'], [740, '李'], [710, '张'], [560, '刘'], [510, '陈'], [320, '杨'], [260, '赵'], [250, '黄'], [240, '周'], [220, '吴'],
    [180, '徐'], [170, '孙'], [150, '胡'], [145, '朱'], [140, '高'], [125, '林'], [120, '何'], [118, '郭'], [115, '马'], [105, '罗'],
    [95, '梁'], [90, '宋'], [88, '郑'], [85, '谢'], [80, '韩'], [78, '唐'], [75, '冯'], [72, '于'], [70, '董'], [68, '萧'],
    [65, '程'], [62, '曹'], [60, '袁'], [58, '邓'], [56, '许'], [55, '傅'], [54, '沈'], [52, '曾'], [50, '彭'], [48, '吕'],
    [46, '苏'], [45, '卢'], [44, '蒋'], [43, '蔡'], [42, '贾'], [40, '丁'], [39, '魏'], [38, '薛'], [37, '叶'], [36, '阎'],
    [35, '余'], [34, '潘'], [33, '杜'], [32, '戴'], [31, '夏'], [30, '钟'], [29, '汪'], [28, '田'], [27, '任'], [26, '姜'],
    [25, '范'], [24, '方'], [23, '石'], [22, '姚'], [21, '谭'], [20, '廖'], [19, '邹'], [18, '熊'], [17, '金'], [16, '陆'],
    [15, '郝'], [15, '孔'], [14, '白'], [14, '崔'], [13, '康'], [13, '毛'], [12, '邱'], [12, '秦'], [11, '江'], [11, '史'],
    [10, '顾'], [10, '侯'], [9, '邵'], [9, '孟'], [8, '龙'], [8, '万'], [7, '段'], [7, '雷'], [6, '钱'], [6, '汤'],
    [5, '俞'], [5, '严'], [4, '施'], [4, '柳'], [3, '闵'], [3, '瞿'], [3, '阮'], [2, '欧阳'], [2, '上官'], [1, '司徒'],
  ] as const
).map(([weight, name]) => [weight, name]);

/** Characters of given names by generation: what is usual changes. */
const GIVEN = {
  female: { older: '英秀芳兰玉珍华梅琴丽红霞敏静燕萍娟艳莉勤惠萱洁', younger: '婷欣怡佳颖雪琪晨璐悦嘉雯思梦瑶诗涵雅倩蕾岚媛筱' },
  male: { older: '伟强军建国明志刚勇平辉峰涛斌超鹏林海文武德成', younger: '浩宇轩泽博睿俊杰翔凯子航嘉铭逸晨旭锐骏哲霖恺' },
} as const;
const YOUNGER_FROM = '1985';

/** A name that could be anyone's: of two or three characters, as most are; some have one particular to the place. */
export function personName(random: RandomSource, sex: 'male' | 'female', bornOn: string, local: PopulationSpec['localNames']): string {
  if (local && random.chance(local.share)) return random.pick(local.first) + random.pick(local.last);
  const characters = GIVEN[sex][bornOn >= YOUNGER_FROM ? 'younger' : 'older'];
  const character = (): string => characters[random.below(characters.length)] ?? '';
  const surname = random.weighted(SURNAMES);
  return random.chance(180) ? surname + character() : surname + character() + character();
}

/** Names of schools that no school is known by: what grows, flows and shines. */
export const SCHOOL_WORDS: readonly string[] = [
  '青禾', '云杉', '知夏', '望舒', '砚田', '汀兰', '听松', '拾光', '晴川', '松间', '初禾', '南枝', '疏桐', '澄怀', '远岫', '栖霞里', '银杏路', '白鹭', '映雪', '麦田', '芦汀', '星野', '朝露', '知行里', '雁回', '杏坛里', '柳岸', '云帆里', '竹溪', '梅坞',
  '鹿鸣里', '桐荫', '荷风', '枫桥里', '槐序', '兰畹', '沧浪里', '石榴园', '橘颂', '榆钱', '蒲公英', '向日葵', '小竹笋', '紫藤', '海棠里', '木棉里', '芳洲', '清嘉', '和畅里', '景行里', '怀瑾', '若谷', '思齐里', '明夷', '观澜里', '问渠里', '采薇', '子衿', '蒹葭', '棠棣',
];
