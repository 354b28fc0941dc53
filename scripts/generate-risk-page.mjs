// Writes docs/risk.md: what every rule of the built catalog says a change means for logins. `--check` fails when it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { catalog } from '../dist/catalog/index.js';

const whenText = (rule) => {
  switch (rule.when) {
    case 'becomes':
      return `becomes ${rule.value}`;
    case 'lowered':
    case 'raised':
      return rule.ranks === undefined ? rule.when : `${rule.when} in ${rule.ranks.join(' < ')}`;
    case 'turned-on':
    case 'turned-off':
      return rule.when.replace('-', ' ');
    default:
      return rule.by === undefined ? rule.when : `${rule.when}, by ${rule.by}`;
  }
};
const saysText = (rule) => rule.says.replaceAll(/[[\]]/g, '').replaceAll(/\{(\w+)\}/g, '*$1*');
const row = (rule) => `| \`${rule.path}\` | ${whenText(rule)} | ${rule.risk} | ${saysText(rule)} |`;
const told = catalog.kinds.filter((kind) => (kind.meanings ?? []).length > 0);
const section = (kind) => `## ${kind.collection}

| field | change | class | what it means |
| --- | --- | --- | --- |
${kind.meanings.map(row).join('\n')}
`;
const riskOfDelete = ({ softDelete, recreatable }) =>
  recreatable ? 'disruptive' : softDelete ? 'destructive' : 'irreversible';
const deleted = catalog.kinds.filter((kind) => kind.scope !== 'singleton');

const text = `# What a change means for logins

Generated from the rules in the catalog by \`scripts/generate-risk-page.mjs\`: ${told.reduce((sum, kind) => sum + kind.meanings.length, 0)} rules, each with a test. \`kedge plan\` prints the
sentence under the change it is about, \`kedge drift\` under what moved on the instance, and \`--json\` has it in \`reasons\`. A field
that is not here has no effect on logins that kedge knows of, and is shown without a sentence.

| class | means |
| --- | --- |
| safe | no login stops working; printed as "note", for what it means may still be unwelcome |
| disruptive | logins, or what protects them, become others for somebody at once; putting the old value back undoes it |
| destructive | putting the old value back does not give people back what they had |
| irreversible | something is gone for good |

\`[…]\` in a path steps into a list, \`{}\` into a map. *from* and *to* stand for the two values, *items* for what a list loses or gains,
*key* for the key of the map. A secret is never shown: all that is said of it is that it changes.

${told.map(section).join('\n')}
## Deletes

| kind | class | what it means |
| --- | --- | --- |
${deleted.map((kind) => `| ${kind.title} | ${riskOfDelete(kind)} | ${kind.deleteMeans} |`).join('\n')}
`;
const output = fileURLToPath(new URL('../docs/risk.md', import.meta.url));
if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) throw new Error(`${output} is stale: npm run build && npm run risk`);
} else writeFileSync(output, text);
