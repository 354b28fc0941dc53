import type { Newcomer } from './quirk.js';

export const formStepTypes: Newcomer = {
  since: '1.62',
  what: 'Types of form steps: before, every step collects data.',
  source: 'FusionAuth docs apis/custom-forms/forms',
  fields: { FormStep: ['type'] },
};
