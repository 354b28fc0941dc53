import type { World } from '../resources.js';
import { ask, type Answer, type Ask } from '../target.js';
import type { Surroundings } from '../world.js';

/** How an operation is called that is not called in the usual way. */
export type Special = (surroundings: Surroundings) => Promise<Answer>;

/** Such operations, by what they are called: `GET /api/status`. */
export type Specials = Readonly<Record<string, Special>>;

/** A request made of what there is in the world. */
export const request =
  (make: (world: World) => Ask): Special =>
  ({ target, world }) =>
    ask(target, make(world));

export const get = (path: string): Special => request(() => ({ method: 'GET', path }));

export const searchAll = (path: string): Special =>
  request(() => ({ method: 'POST', path: `${path}/search`, body: { search: {} } }));

/** Makes something first and asks about what came of it. */
export const after =
  <Made>(first: (surroundings: Surroundings) => Promise<Made>, then: (made: Made, world: World) => Ask): Special =>
  async (surroundings) =>
    ask(surroundings.target, then(await first(surroundings), surroundings.world));
