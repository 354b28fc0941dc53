import { isUuid } from '../model/index.js';
import { checkVersion } from './document.js';
import { type FilesContext, readYaml } from './layers.js';

/** The file that makes a folder a repository. */
const projectName = 'kedge.yaml';

/** The project's UUID from `kedge.yaml`, in lower case; undefined after findings. */
export async function readProject(context: FilesContext): Promise<string | undefined> {
  const { findings } = context;
  const file = await readYaml(projectName, { required: true }, context);
  if (file.state === 'broken') return undefined;
  const root = file.state === 'read' ? file.tree.root : undefined;
  if (root?.shape !== 'map') {
    const message = `${projectName} says which project this is`;
    const at = { file: projectName, line: 1, col: 1 };
    findings.add({ code: 'desired/empty', message, hint: 'write version: 1 and project: <uuid>', at });
    return undefined;
  }
  checkVersion(root, findings);
  for (const [name, { keyAt }] of root.entries) {
    if (name === 'version' || name === 'project') continue;
    findings.add({ code: 'desired/unknown-field', message: `${projectName} has no field '${name}'`, at: keyAt });
  }
  const project = root.entries.get('project')?.value;
  if (project?.shape === 'scalar' && typeof project.value === 'string' && isUuid(project.value)) {
    return project.value.toLowerCase();
  }
  const message = project ? 'project is a UUID' : `${projectName} has no project`;
  const hint = 'write the UUID that kedge init made; a new one makes every object foreign to this project';
  findings.add({
    code: project ? 'desired/bad-value' : 'desired/missing-field',
    message,
    hint,
    at: project?.at ?? root.at,
  });
  return undefined;
}
