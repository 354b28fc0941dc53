import type { Newcomer } from './quirk.js';

export const phoneFormFields: Newcomer = {
  since: '1.59',
  what: 'Form fields of type `phoneNumber`.',
  source: 'FusionAuth docs apis/custom-forms/form-fields',
  values: { FormDataType: ['phoneNumber'] },
};
