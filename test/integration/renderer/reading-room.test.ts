import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { series, show, showExam, shown } = windowTests();

describe('the reading room', () => {
  it('shows HU under the cursor as stored, where the frame of a finding is', async () => {
    const page = await showExam('critical');
    const frame = await page.locator('.region-selected .region-frame').boundingBox();
    if (frame === null) throw new Error('no frame');
    await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2);
    const text = await page.locator('.corner-cursor').innerText();
    const [, hounsfield = '', column = '', row = ''] = /^(-?[\d,]+) HU at (\d+), (\d+)$/.exec(text) ?? [];
    const slice = series[Number(/Slice (\d+)/.exec(await page.locator('.corner-top-left').innerText())?.[1]) - 1];
    if (slice === undefined) throw new Error('no slice');
    expect(Number(hounsfield.replaceAll(',', ''))).toBe(slice.hounsfield[Number(row) * slice.columns + Number(column)]);
    // The middle of the frame is the finding's centre, in millimetres of the patient.
    expect(slice.origin[0] + Number(column) * slice.pixelSpacing[1]).toBeCloseTo(56.4, -1);
    expect(slice.origin[1] + Number(row) * slice.pixelSpacing[0]).toBeCloseTo(86.4, -1);
  });

  it('keeps the frame on the finding when zoomed, panned and reset', async () => {
    const page = await showExam('critical');
    const frame = page.locator('.region-selected .region-frame');
    const before = await frame.boundingBox();
    const view = await page.locator('.viewport').boundingBox();
    if (before === null || view === null) throw new Error('no frame');
    const [x, y] = [view.x + view.width / 2, view.y + view.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(x + 60, y + 30, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    await expect.poll(async () => Math.round(((await frame.boundingBox())?.x ?? 0) - before.x)).toBe(60);
    await page.keyboard.press('r');
    await expect.poll(async () => Math.round(((await frame.boundingBox())?.x ?? 0) - before.x)).toBe(0);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x, y + 80, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await expect.poll(async () => Math.abs(((await frame.boundingBox())?.width ?? 0) - before.width)).toBeGreaterThan(2);
    await page.keyboard.press('r');
    await expect.poll(async () => Math.round((await frame.boundingBox())?.width ?? 0)).toBe(Math.round(before.width));
    const slice = await page.locator('.corner-top-left').innerText();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 100);
    await page.keyboard.up('Control');
    await expect.poll(async () => Math.abs(((await frame.boundingBox())?.width ?? 0) - before.width)).toBeGreaterThan(2);
    expect(await page.locator('.corner-top-left').innerText()).toBe(slice);
  });

  it('scrolls with wheel and keys towards feet and head, and jumps to findings', async () => {
    const page = await showExam('critical');
    const at = async () => Number(await page.getByRole('slider').getAttribute('aria-valuenow'));
    const start = await at();
    await page.locator('.viewport-host').hover();
    await page.mouse.wheel(0, 100);
    await expect.poll(at).toBe(start - 1);
    await page.keyboard.press('ArrowUp');
    await expect.poll(at).toBe(start);
    await page.keyboard.press('End');
    await expect.poll(at).toBe(1);
    await expect.poll(() => page.locator('.viewport').getAttribute('data-rendered')).toBe('0');
    await page.keyboard.press('n');
    await expect.poll(at).toBe(51);
    expect(await page.locator('.finding[aria-current=true] .finding-place').innerText()).toBe('Right, lobe not determined');
    await page.keyboard.press('i');
    await expect.poll(() => page.locator('.region').count()).toBe(0);
  });

  it('changes the window with the number keys and by dragging', async () => {
    const page = await showExam('critical');
    const corner = page.locator('.corner-bottom-right');
    await page.keyboard.press('2');
    await expect.poll(() => corner.innerText()).toMatch(/C 40\s+W 400/);
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.move(view.x + 300, view.y + 300);
    await page.mouse.down();
    await page.mouse.move(view.x + 360, view.y + 320, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => corner.innerText()).toContain('Own window');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.viewport') ?? null)).toBeNull();
    await page.keyboard.press('1');
    await expect.poll(() => corner.innerText()).toMatch(/C -600\s+W 1,500/);
  });

  it('shows names that a relay chose as text and nothing more', async () => {
    const page = await showExam('critical');
    await page.getByText('<img src=x onerror=alert(1)> relay/model', { exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await expect.poll(() => page.locator('.finding').last().innerText()).toContain('model said: low certainty');
  });

  it('says which slices nobody read, and that a slice could not be prepared', async () => {
    const page = await showExam('nothing-incomplete');
    await page.getByText('Reading not complete: 106 of 107 slices').waitFor();
    await page.getByRole('button', { name: /^Slice 107 at/ }).click();
    await page.getByText('This slice could not be prepared, so nobody read it.').waitFor();
    expect(await page.getByText('No findings').count()).toBe(0);
  });

  it('tells the lungs, and shows slices outside of them as neither read nor missing', async () => {
    const page = await showExam('clear');
    await page.getByText('All 280 slices of the lungs were read').waitFor();
    await page.locator('.coverage-legend').getByText('outside of the lungs, not sent 9').waitFor();
    expect(await page.locator('.coverage-cells .tile-outside-lungs').count()).toBe(9);
    expect(await page.getByText('Nobody has read').count()).toBe(0);
    await page.keyboard.press('Home');
    const centre = await page.locator('.viewport-host').boundingBox();
    if (centre === null) throw new Error('no viewport');
    await page.mouse.move(centre.x + centre.width / 2, centre.y + centre.height / 2);
    await page.mouse.move(centre.x + centre.width / 2 + 1, centre.y + centre.height / 2);
    await expect.poll(() => page.locator('.corner-cursor').innerText()).toMatch(/HU at/);
    await page.getByRole('tab', { name: 'Sent' }).click();
    await page.getByText('Slice 107 lies outside of the lungs; nothing of it is sent.').waitFor();
    await page.getByRole('tab', { name: 'Exam' }).click();
    await page.getByText('Lungs outlined: 5.2 L (right 2.7 L, left 2.5 L), slices 1–98 of 107.').waitFor();
    await page.getByText('9 slices outside of the lungs are not sent.').waitFor();
    await page.getByText('The lungs reach the lowest slice; their bases may be cut off.').waitFor();
  });

  it('says between which slices others are missing, and marks the place', async () => {
    const page = await showExam('gap');
    const [below, above] = [series[39], series[41]].map((slice) => (slice?.origin[2] ?? 0).toFixed(1));
    await page.getByRole('button', { name: `between slice 40 and 41 (z ${below} to ${above} mm): slices are missing` }).waitFor();
    expect(await page.getByText('Nobody has read').count()).toBe(0);
    expect([await page.locator('.coverage-missing').count(), await page.locator('.slice-missing').count()]).toEqual([1, 1]);
    await page.getByRole('tab', { name: 'Requests' }).click();
    expect(await page.locator('.request-end').first().innerText()).toContain('price unknown');
  });

  it('says nothing of findings while answers are not put together', async () => {
    const page = await showExam('cancelled');
    await page.getByRole('heading', { name: 'Not put together yet' }).waitFor();
    expect(await page.getByText(/pointed at/).count()).toBe(0);
  });

  it('says of late slices that the exam was read before and what a new reading costs', async () => {
    const page = await show('#/exam/late');
    await page.locator('.stage-panel').getByText(/read before, without the new slices.*costs again/).waitFor();
    expect(await page.getByText('No slice of this exam').count()).toBe(0);
  });

  it('shows why no series fits, and offers no resume', async () => {
    const page = await show('#/exam/failed');
    await page.locator('.stage-panel').getByText('Shows the head, not the chest.').waitFor();
    expect(await page.getByRole('button', { name: 'Resume' }).count()).toBe(0);
  });

  it('shows slices as soon as the exam is decoded', async () => {
    const state = fakeState();
    const page = await showExam('preparing', state);
    await page.keyboard.press('Home');
    await page.getByText('This slice is not prepared yet.').waitFor();
    state.rows = state.rows.map((row) => row.readingId === 'preparing' ? { ...row, searchState: 'running', searchProgress: 0 } : row);
    await shown().emit('readingsChanged', { readingIds: ['preparing'] });
    await page.getByText('This slice is not prepared yet.').waitFor({ state: 'detached' });
    const frame = page.locator('.viewport-host');
    const centre = await frame.boundingBox();
    if (centre === null) throw new Error('no viewport');
    await page.mouse.move(centre.x + centre.width / 2, centre.y + centre.height / 2);
    await page.mouse.move(centre.x + centre.width / 2 + 1, centre.y + centre.height / 2);
    await expect.poll(() => page.locator('.corner-cursor').innerText()).toMatch(/HU at/);
  });

  it('opens one exam after the other without running out of graphics contexts', async () => {
    const page = await showExam('critical');
    for (let round = 0; round < 18; round += 1) {
      await shown().go('#/queue');
      await page.getByRole('grid').waitFor();
      await shown().go(round % 2 === 0 ? '#/exam/clear' : '#/exam/critical');
      await page.locator('.viewport[data-rendered]').waitFor();
    }
  });

  it('can be left while the first slice is still loading', async () => {
    const page = await show('#/exam/critical');
    await page.locator('.viewport').waitFor();
    await shown().go('#/exam/clear');
    await shown().go('#/queue');
    await page.getByRole('grid').waitFor();
  });
});
