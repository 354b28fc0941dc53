import { describe, expect, it } from 'vitest';
import { canonicalBody } from '../canonical-body.js';
import { formField } from './form-field.js';

describe('the answers of a yes or no', () => {
  const answers = { control: 'checkbox', type: 'bool' };

  it('are true and false in that order, however they were sent', () => {
    expect(canonicalBody(formField, { ...answers, options: ['False', 'TRUE'] })).toEqual({
      ...answers,
      options: ['true', 'false'],
    });
  });

  it.each([
    ['that are no texts', { ...answers, options: ['false', 1] }],
    ['that nobody wrote', answers],
    ['of another control', { control: 'radio', type: 'bool', options: ['False', 'TRUE'] }],
    ['of another type', { control: 'checkbox', type: 'string', options: ['b', 'a'] }],
  ])('%s stay as they are', (_, body) => {
    expect(canonicalBody(formField, body)).toEqual(body);
  });
});

describe('a field that every install has', () => {
  const data = { leftAddon: 'user' };

  it.each([
    ['email', { name: 'email', data }, true],
    ['one of a shipped form', { name: '[Admin User] Email', data }, true],
    ['one of the same name without the icon of the UI', { name: 'email', data: {} }, false],
    ['one of the same name without data', { name: 'email' }, false],
    ['one with another name', { name: 'seniority', data }, false],
    ['one without a name', { data }, false],
  ])('is known by its name and its icon: %s', (_, body, isShipped) => {
    expect(formField.shipped?.(body)).toBe(isShipped);
  });
});
