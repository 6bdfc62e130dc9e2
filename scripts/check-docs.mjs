// Checks that the docs say what is there: every error code has its row, every relative link leads somewhere, every npm script
// that is named exists. With --write the table of docs/errors.md is made anew from the sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const problems = [];

/** Table of all error codes: meaning from the union's comments, advice from the window's texts. */
function errorTable() {
  const source = readFileSync(join(root, 'src-shared/domain/errors.ts'), 'utf8');
  const texts = JSON.parse(readFileSync(join(root, 'src-renderer/i18n/en.json'), 'utf8')).errors;
  const rows = [...source.matchAll(/^ {2}'([a-z-]+)', \/\/ (.+)$/gm)].map(([, code, when]) => {
    const text = texts[code] ?? {};
    return `| \`${code}\` | ${text.what ?? '(not shown in the window)'} | ${when} | ${text.advice ?? '–'} |`;
  });
  return ['| code | what it says | when it happens | what you can do |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

const errorsFile = join(root, 'docs/errors.md');
const errorsIntro = '# Errors\n\nEvery code that LungDesk shows, prints or stores. Made from the sources by `node scripts/check-docs.mjs --write`.\n\n';
if (process.argv.includes('--write')) writeFileSync(errorsFile, errorsIntro + errorTable());
if (readFileSync(errorsFile, 'utf8') !== errorsIntro + errorTable()) problems.push('docs/errors.md is not what the sources say: run node scripts/check-docs.mjs --write');

const documents = ['README.md', 'test/chromium-electron/README.md', ...readdirSync(join(root, 'docs'), { recursive: true }).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8');
  for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (!/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(document), target))) problems.push(`${document}: the link to ${target} leads nowhere`);
  }
  for (const [, name] of text.matchAll(/`npm run ([a-z-]+)/g)) {
    if (!scripts.includes(name)) problems.push(`${document}: there is no script "${name}"`);
  }
}

for (const [name, command] of Object.entries(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts)) {
  for (const [file] of command.matchAll(/(?:scripts|test)\/\S+\.(?:mjs|ts)/g)) {
    const known = spawnSync('git', ['ls-files', '--error-unmatch', '--', file], { cwd: root, stdio: 'ignore' });
    if (known.status !== 0) problems.push(`the script "${name}" runs ${file}, which is not in the repository`);
  }
}

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
