import { type DecisionSpec, text } from '../../../src/plugin-kit.ts';

const decision = (name: string, about: DecisionSpec['about'], title: [string, string], question: [string, string], rule: string): DecisionSpec => ({
  name,
  about,
  title: text(...title),
  question: text(...question),
  rules: [`sh-2016-credit/${rule}`],
});

export const useDecisions: readonly DecisionSpec[] = [
  decision('periodicRegistration', 'teacher', ['定期注册', 'Periodic registration'], ['注册有效期内应修的学分是否修满?', 'Are the credits due in the registration period complete?'], '4.1-registration'),
  decision('titlePromotion', 'teacher', ['职称评聘', 'Title evaluation and appointment'], ['学分是否达到职称评聘的前提?', 'Do the credits meet the prerequisite for title and appointment?'], '4.2-title'),
  decision('otherUses', 'teacher', ['绩效考核与评优评先', 'Performance appraisal and awards'], ['学分是否达到绩效考核、评优评先的前提?', 'Do the credits meet the prerequisite for performance appraisal and awards?'], '4.2-title'),
  decision('principalAppointment', 'teacher', ['校(园)长考核、任用、晋级', 'Appraisal, appointment and promotion of principals'], ['校(园)长的学分和培训考核是否具备?', 'Are the principal’s credits and training appraisal there?'], '4.4-principal'),
  decision('creditRecognition', 'entry', ['学分审核认定', 'Recognition of credits'], ['认定进行到哪一步、由谁办理是否合规?', 'How far is the recognition, and was each step taken by whom it may?'], '5.1-recognition'),
  decision('trainingFeedback', 'session', ['培训反馈', 'Report after a training'], ['承担机构是否反馈了学员参训情况和成效?', 'Did the body that ran the training report attendance and results?'], '5.1-feedback'),
  decision('trainingArchive', 'entry', ['培训档案', 'Training archive'], ['档案条目是否齐全?', 'Are the entries of the archive complete?'], '5.1-archive'),
  decision('creditMonitoring', 'authority', ['学分监测', 'Monitoring of credits'], ['监测报告是否发布?', 'Was the periodic report published?'], '5.4-monitoring'),
];
