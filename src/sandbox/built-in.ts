import { generalError, parameterError, Refusal } from './errors.js';
import type { Instance, Kind } from './kind.js';

/**
 * The answer to a change of something that is part of every FusionAuth. How it is refused is
 * UNVERIFIED (switch builtInRefusal).
 */
export function builtInError(why: string, { idParameter }: Pick<Kind, 'idParameter'>, { switches }: Instance): Refusal {
  switch (switches.builtInRefusal) {
    case 'generalError':
      return generalError('protected', why);
    case 'fieldError':
      return parameterError('invalid', idParameter, why);
    case 'forbidden':
      return new Refusal(403);
  }
}
