// Holds the documentation to the code: relative links and their anchors lead somewhere, every error code has its
// heading in docs/errors.md and no heading outlives its code, every `kedge <command>` and `npm run <script>` exists.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const problems = [];
const read = (path) => readFileSync(path, 'utf8');
const walk = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile())
    : [];

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].filter((page) => existsSync(page)),
  ...walk('docs'),
].filter((path) => path.endsWith('.md'));

/** Text with its fenced blocks blanked, line numbers kept: what stands in them is no link and no heading. */
const prose = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''));
const lineOf = (text, index) => text.slice(0, index).split('\n').length;

const headings = (path) => [...prose(read(path)).matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((match) => match[1]);
/** GitHub's anchors: lower case, punctuation dropped, spaces to hyphens, repeats numbered. */
function anchors(path) {
  const seen = new Map();
  return headings(path).map((heading) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function checkLinks() {
  for (const page of pages) {
    const text = prose(read(page)).replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
    const links = [
      ...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
      ...text.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm),
    ];
    for (const link of links) {
      if (/^[a-z][a-z+.-]*:/i.test(link[1])) continue;
      const [path, anchor] = link[1].split('#');
      const target = path === '' ? page : resolve(dirname(page), decodeURIComponent(path));
      const at = `${page}:${lineOf(text, link.index)}`;
      if (relative('.', resolve(target)).startsWith('..'))
        problems.push(`${at} leads out of the repository: ${link[1]}`);
      else if (!existsSync(target)) problems.push(`${at} leads nowhere: ${link[1]}`);
      else if (anchor && target.endsWith('.md') && !anchors(target).includes(anchor))
        problems.push(`${at} names a heading that is not there: ${link[1]}`);
    }
  }
  return pages.length;
}

function checkErrorCodes() {
  const source = read('src/model/error-code.ts');
  const list = /\berrorCodes\b[^=]*=\s*\[([\s\S]*?)\]\s*as const/.exec(source)?.[1];
  const codes = [...(list ?? '').replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '').matchAll(/'([^']+)'/g)].map(
    (match) => match[1],
  );
  if (codes.length === 0) problems.push('src/model/error-code.ts: found no errorCodes to compare with docs/errors.md');
  if (new Set(codes).size !== codes.length) problems.push('src/model/error-code.ts: a code stands there twice');
  const page = 'docs/errors.md';
  const documented = existsSync(page)
    ? headings(page)
        .map((heading) => heading.replace(/`/g, ''))
        .filter((heading) => /^[a-z-]+\/[a-z0-9-]+$/.test(heading))
    : [];
  if (!existsSync(page)) problems.push(`${page} is missing: it has a heading for each of ${codes.length} error codes`);
  else for (const code of codes) if (!documented.includes(code)) problems.push(`${page} has no heading for ${code}`);
  for (const code of documented)
    if (!codes.includes(code)) problems.push(`${page} documents ${code}, which no code throws`);
  return codes.length;
}

function checkCommands() {
  const source = walk(join('src', 'cli'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map(read)
    .join('\n');
  // commander: .command('plan'), new Command('plan'); or a table with name: 'plan'.
  const commands = new Set(
    [...source.matchAll(/(?:\.command\(|new Command\(|\bname:\s*)\s*'([a-z][a-z-]*)/g)].map((match) => match[1]),
  );
  const { scripts } = JSON.parse(read('package.json'));
  let mentions = 0;
  for (const page of pages) {
    const text = read(page);
    // In a fenced block at the start of a line, or in inline code: `kedge plan -e staging`, never the word in a sentence.
    const fenced = [...text.matchAll(/^(```|~~~)[\s\S]*?^\1/gm)].flatMap((block) =>
      [...block[0].matchAll(/^\s*(?:\$ )?(?:npx (?:--no-install )?)?kedge ([a-z][a-z-]*)/gm)].map((match) => ({
        command: match[1],
        index: block.index + match.index,
      })),
    );
    const inline = [...prose(text).matchAll(/`(?:npx (?:--no-install )?)?kedge ([a-z][a-z-]*)[^`\n]*`/g)].map(
      (match) => ({
        command: match[1],
        index: match.index,
      }),
    );
    for (const { command, index } of [...fenced, ...inline]) {
      mentions += 1;
      if (!commands.has(command) && command !== 'help')
        problems.push(`${page}:${lineOf(text, index)} shows \`kedge ${command}\`, which is no command`);
    }
    for (const match of text.matchAll(/npm run (?:--silent )?([a-z][a-z:-]*)/g)) {
      if (!(match[1] in scripts))
        problems.push(`${page}:${lineOf(text, match.index)} shows npm run ${match[1]}: no such script`);
    }
  }
  return mentions;
}

const [pageCount, codeCount, mentionCount] = [checkLinks(), checkErrorCodes(), checkCommands()];
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${pageCount} pages, ${codeCount} error codes, ${mentionCount} commands shown: all as in the code`);
}
