import { createTheme, Modal, Tooltip } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** System fonts with the Chinese faces of each platform; nothing is fetched. */
export const fontStack =
  '-apple-system, "Segoe UI Variable", "Segoe UI", "Noto Sans", Roboto, Ubuntu, Cantarell, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif';

const accent: MantineColorsTuple = [
  '#e4f5f8', '#cbe8ee', '#9fd3de', '#74bfcf', '#55aec2', '#3f9db3', '#2f8aa1', '#22738a', '#185c70', '#0c4353',
];

// A reading room is dark: greys close to black with little blue, so that no surface is brighter than the lungs.
const dark: MantineColorsTuple = [
  '#d5dae0', '#b4bcc6', '#949eaa', '#6f7a87', '#414b57', '#2b333d', '#1e252d', '#151a20', '#0e1216', '#090c0f',
];

const gray: MantineColorsTuple = [
  '#f7f8fa', '#eef0f3', '#e2e6ea', '#d0d6dc', '#b5bec7', '#939ea9', '#6b7682', '#4c5661', '#323a43', '#1b2026',
];

/** Mantine theme of LungDesk; its variables are written to variables.css, because the window allows no inline style. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 5 },
  colors: { accent, dark, gray },
  fontFamily: fontStack,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
  headings: { fontFamily: fontStack, fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Scroll locking would inject a <style> element, which the content security policy refuses.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true, overlayProps: { backgroundOpacity: 0.6 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: false } } }),
  },
});

/** Variables LungDesk sets on top of Mantine's own. */
export function resolveVariables(): ReturnType<CSSVariablesResolver> {
  return {
    variables: {},
    dark: {
      '--mantine-color-body': '#0b0e12',
      '--mantine-color-text': '#d0d7de',
      '--mantine-color-dimmed': '#95a1ae',
      '--mantine-color-default': '#171c23',
      '--mantine-color-default-hover': '#1f262f',
      '--mantine-color-default-border': '#2d3640',
      '--mantine-color-placeholder': '#7d8996',
      '--mantine-color-anchor': '#6cc0d2',
      '--mantine-primary-color-contrast': '#ffffff',
      '--mantine-color-accent-filled': '#1f7288',
      '--mantine-color-accent-filled-hover': '#278198',
      '--mantine-color-red-filled': '#b8452c',
      '--mantine-color-red-filled-hover': '#c95237',
      '--mantine-color-accent-light-color': '#8fd0de',
      '--mantine-color-error': '#f0774a',
    },
    light: {
      '--mantine-color-body': '#f3f5f7',
      '--mantine-color-text': '#1b2026',
      '--mantine-color-dimmed': '#57626e',
      '--mantine-color-placeholder': '#66717d',
      '--mantine-color-anchor': '#17667c',
      '--mantine-color-red-filled': '#b8452c',
      '--mantine-color-red-filled-hover': '#a23b25',
      '--mantine-color-error': '#b5430a',
    },
  };
}
