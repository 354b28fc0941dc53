import type { JsonObject } from '../model/index.js';

const defaultThemeId = '75a068fd-e94b-451a-9aeb-3ddb9a3b5987';
const simpleThemeId = '3c717291-5d83-4014-bd51-97c76475dc86';

/** The id of the default theme of a theme's type, which it is made as a copy of (fusionauth-java-client Theme). */
export function copiedThemeId(body: JsonObject): string {
  return body['type'] === 'simple' ? simpleThemeId : defaultThemeId;
}
