import type { CourseKind, InstitutionKind } from '../../../src/plugin-kit.ts';

const SUBJECTS = ['语文', '数学', '英语', '体育', '音乐', '美术', '道德与法治', '信息科技'];
const SECONDARY = [...SUBJECTS, '物理', '化学', '生物学', '历史', '地理'];
const ordinary = { developmentSchool: 'none' };
const municipal = { developmentSchool: 'municipal' };
const district = { developmentSchool: 'district' };
const RECOGNITIONS = ['区级见习教师规范化培训基地', '市级家庭教育示范校', '区级信息化标杆校'];

const school = (name: string, weight: number, stage: string, endings: readonly string[], subjects: readonly string[], properties?: Readonly<Record<string, string>>): InstitutionKind => ({ name, weight, kind: 'school', stage, endings, subjects, private: 90, rural: 120, recognitions: RECOGNITIONS, ...(properties && { properties }) });

/** Of some schools nobody has recorded whether they are development schools. */
export const institutions: readonly InstitutionKind[] = [
  school('primary', 30, 'primary', ['小学', '第二小学', '实验小学'], SUBJECTS, ordinary),
  school('junior', 20, 'junior', ['初级中学', '中学'], SECONDARY, ordinary),
  school('senior', 10, 'senior', ['高级中学'], SECONDARY, ordinary),
  school('nineYear', 10, 'nineYear', ['学校', '实验学校'], SECONDARY, ordinary),
  { ...school('developmentPrimary', 5, 'primary', ['小学'], SUBJECTS, municipal), staff: 350 },
  { ...school('developmentJunior', 4, 'junior', ['中学'], SECONDARY, municipal), staff: 350 },
  school('developmentDistrict', 5, 'primary', ['小学'], SUBJECTS, district),
  { ...school('unrecorded', 4, 'junior', ['中学'], SECONDARY), staff: 250 },
  { name: 'kindergarten', weight: 14, kind: 'kindergarten', stage: 'kindergarten', endings: ['幼儿园', '第一幼儿园'], subjects: ['学前教育'], private: 300, staff: 600, properties: ordinary },
  { name: 'vocational', weight: 1, kind: 'vocational', stage: 'vocational', endings: ['职业技术学校'], subjects: [...SUBJECTS, '机电', '烹饪', '护理'], staff: 400, properties: ordinary },
];

const course = (name: string, titles: readonly string[]): CourseKind => ({ name, titles, book: 'entries', fields: {} });

export const courses: readonly CourseKind[] = [
  course('ethics', ['新时代教师职业行为十项准则', '教师心理健康与压力调适', '学生生涯辅导入门', '家校沟通的艺术', '教育法规与案例']),
  course('knowledge', ['单元教学设计', '基于课程标准的教学与评价', '作业设计与命题', '学习科学与课堂观察', '项目化学习的设计与实施', '跨学科主题学习']),
  course('it', ['信息技术应用能力提升', '数字化教学环境与工具', '数据支持的学情分析', '在线教学的组织']),
  course('practice', ['实验教学技能', '跨学科课例研究', '听评课实践', '教学展示与研讨']),
  course('school', ['校本教研活动', '校本课程开发', '师徒带教', '读书分享', '课题研究沙龙']),
  course('selfDirected', ['教育名著选读', '传统文化与语文教学', '朗读与表达', '艺术鉴赏']),
  course('national', ['国家级骨干教师研修', '国家级学科教学示范培训']),
  course('special', ['市级学科带头人专项研修', '市级教研员专项研修']),
  course('headTeacher', ['班主任基本功', '班级管理与主题班会', '班主任家庭教育指导']),
  course('trainer', ['培训者专题研修', '研修课程开发']),
  course('leader', ['中层干部岗位培训', '学校管理实务']),
  course('principal', ['校长课程领导力研修', '校长任职资格培训', '学校发展规划']),
];
