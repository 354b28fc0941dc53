import type { Newcomer } from './quirk.js';

export const phoneFormSteps: Newcomer = {
  since: '1.62',
  what: 'Form steps of type `verifyPhoneNumber`.',
  source: 'FusionAuth docs apis/custom-forms/forms',
  values: { FormStepType: ['verifyPhoneNumber'] },
};
