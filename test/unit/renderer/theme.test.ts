import { DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { resolveVariables, theme } from '../../../src-renderer/theme/theme.ts';

function block(selector: string, variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `  ${name}: ${value};`);
  return `${selector} {\n${lines.join('\n')}\n}\n`;
}

describe('variables.css', () => {
  it('holds the variables of the theme, since the window may not write a style element', async () => {
    const merged = mergeMantineTheme(DEFAULT_THEME, theme);
    const [base, own] = [defaultCssVariablesResolver(merged), resolveVariables()];
    const css = [
      '/* Written from theme.ts by test/unit/renderer/theme.test.ts; run it with -u after a change of the theme. */\n',
      block(':root', { ...base.variables, ...own.variables }),
      block(":root[data-mantine-color-scheme='dark']", { ...base.dark, ...own.dark }),
      block(":root[data-mantine-color-scheme='light']", { ...base.light, ...own.light }),
    ].join('\n');
    await expect(css).toMatchFileSnapshot('../../../src-renderer/theme/variables.css');
  });
});
