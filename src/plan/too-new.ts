import { type Catalog, type Kind, visitField } from '../catalog/index.js';
import {
  type DesiredResource,
  type DesiredState,
  type Finding,
  type Location,
  pointerOf,
  refText,
  versionInRange,
} from '../model/index.js';

/**
 * What the files ask of a server that is too old for it: whole kinds, fields, values and keys of maps, each with its
 * place. A server that does not know a field drops it silently, so that a write would never take. A field written as
 * `null` asks for what such a server has anyway.
 */
export function findTooNew(input: {
  readonly catalog: Catalog;
  readonly desired: DesiredState;
  readonly serverVersion: string;
}): readonly Finding[] {
  const { catalog, desired, serverVersion } = input;
  const newerThings = new Map<string, readonly NewerThing[]>(
    catalog.kinds.map((kind) => [kind.kind, newerThan(serverVersion, kind)]),
  );
  return desired.resources.flatMap((resource) =>
    (newerThings.get(resource.ref.kind) ?? []).flatMap((thing) =>
      placesOf(resource, thing.path).map((place): Finding => {
        const what = place.what === '' ? refText(resource.ref) : `${refText(resource.ref)} ${place.what}`;
        return {
          code: 'plan/too-new',
          severity: 'error',
          message: `${what} is there since FusionAuth ${thing.since}, and the instance is ${serverVersion}`,
          hint: 'take it out of this environment until the instance is upgraded',
          at: place.at,
        };
      }),
    ),
  );
}

interface NewerThing {
  readonly path: string;
  readonly since: string;
}

/** A version that cannot be read is held to nothing. */
function newerThan(serverVersion: string, kind: Kind): readonly NewerThing[] {
  return Object.entries(kind.since ?? {}).flatMap(([path, since]) =>
    versionInRange(serverVersion, `>=${since}`) === false ? [{ path, since }] : [],
  );
}

interface Place {
  /** Empty for the resource as a whole. */
  readonly what: string;
  readonly at: Location;
}

function placesOf(resource: DesiredResource, path: string): readonly Place[] {
  if (path === '') return [{ what: '', at: resource.at }];
  const [field = '', wanted] = path.split('=');
  const places: Place[] = [];
  visitField(resource.fields, field, (value, steps) => {
    if (wanted === undefined ? value === null : value !== wanted) return;
    const name = steps.join('.');
    const what = wanted === undefined || field.endsWith('{key}') ? name : `${name}: ${wanted}`;
    places.push({ what, at: locationOf(resource, steps) });
  });
  return places;
}

/** Where a value was written; what has no place of its own is where the next one around it is. */
function locationOf(resource: DesiredResource, steps: readonly string[]): Location {
  for (let length = steps.length; length > 0; length -= 1) {
    const at = resource.locations.get(pointerOf(steps.slice(0, length)));
    if (at) return at;
  }
  return resource.at;
}
