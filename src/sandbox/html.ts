/** A text as it stands in HTML, between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

/** A path, which may go on in the next line after a slash. */
export function pathCode(path: string): string {
  return `<code>${escapeHtml(path).replaceAll(/(?<=[\w}])\/(?=\w|\{)/g, '/<wbr>')}</code>`;
}

/** Lines of a program, as they are. */
export function block(text: string): string {
  return `<pre>${code(text)}</pre>`;
}

export function pathLink(path: string, text: string = path): string {
  return `<a href="${escapeHtml(path)}">${pathCode(text)}</a>`;
}

/** Text that matters less. */
export function quiet(text: string): string {
  return `<span class="quiet">${escapeHtml(text)}</span>`;
}

/** Text with `code` in it. */
export function markdown(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]*)`/g, '<code>$1</code>');
}

/** Something long that is closed until somebody opens it, without a script. */
export function folded(summary: string, html: string, open: boolean): string {
  return `<details${open ? ' open' : ''}>
<summary>${escapeHtml(summary)}</summary>
${html}
</details>`;
}

/**
 * A table of cells that are HTML, the first of each row its header. The roles are what the elements stand for anyway, unless
 * their cells are stacked on a phone: a browser forgets them then.
 */
export function table(
  look: 'counted' | 'stacked',
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const head = heads.map((text) => `<th scope="col" role="columnheader">${escapeHtml(text)}</th>`).join('');
  const body = rows.map(([first = '', ...others]) => {
    const cells = others.map((cell) => `<td role="cell">${cell}</td>`).join('');
    return `<tr role="row"><th scope="row" role="rowheader">${first}</th>${cells}</tr>`;
  });
  return `<table class="${look}" role="table">
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body.join('\n')}
</tbody>
</table>`;
}
