import { mapPoint } from './plane-transform.ts';
import type { Box, PlanePoint, PlaneTransform } from './plane-transform.ts';
import type { CalliperEnds, NoduleMark } from './candidate-marks.ts';

interface NoduleOutlineProps {
  readonly mark: NoduleMark;
  readonly transform: PlaneTransform;
  /** What it is called, and where that stands. */
  readonly tag: { readonly text: string; readonly x: number; readonly y: number };
  readonly selected: boolean;
}

// Bars as long as the nodule would frame it instead of marking its ends.
const [longestTickPx, tickShare] = [5, 0.2];

function pathThrough(points: readonly PlanePoint[]): string {
  return `${points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`).join('')}Z`;
}

// Round in pixels of the slice; an ellipse on screen only where pixels are not square.
function circlePoints({ centre: [column, row], radius }: NonNullable<NoduleMark['circle']>): readonly PlanePoint[] {
  return Array.from({ length: 48 }, (_, index) => {
    const angle = (index / 48) * 2 * Math.PI;
    return [column + radius * Math.cos(angle), row + radius * Math.sin(angle)];
  });
}

function pointsOfMark(mark: NoduleMark, transform: PlaneTransform): readonly PlanePoint[] {
  return (mark.circle === null ? mark.outline : circlePoints(mark.circle)).map((point) => mapPoint(transform, point));
}

/** Box around what is drawn of a nodule, in px of the viewport; null where nothing is. */
export function boxOfMark(mark: NoduleMark, transform: PlaneTransform): Box | null {
  const points = pointsOfMark(mark, transform);
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** An axis with a bar at each end; between them only a trace, so that what is measured stays in sight. */
function Calliper({ ends: [from, to] }: { readonly ends: CalliperEnds }) {
  const [alongX, alongY] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(alongX, alongY) || 1;
  const tickPx = Math.min(longestTickPx, tickShare * length);
  const [acrossX, acrossY] = [(-alongY / length) * tickPx, (alongX / length) * tickPx];
  const bar = ([x, y]: PlanePoint): string => `M${x - acrossX} ${y - acrossY}L${x + acrossX} ${y + acrossY}`;
  const bars = bar(from) + bar(to);
  return (
    <g className="calliper">
      <path className="calliper-shadow" d={bars} />
      <path className="calliper-line" d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
      <path className="calliper-bar" d={bars} />
    </g>
  );
}

/** One nodule of the device on the slice in view: a dashed outline without filling, its tag, callipers when selected. */
export function NoduleOutline({ mark, transform, tag, selected }: NoduleOutlineProps) {
  const points = pointsOfMark(mark, transform);
  if (points.length === 0) return null;
  const path = pathThrough(points);
  return (
    <g className={selected ? 'outline outline-selected' : 'outline'}>
      <path className="outline-reach" d={path} />
      <path className="outline-shadow" d={path} />
      <path className={mark.circle === null ? 'outline-line' : 'outline-line outline-rough'} d={path} />
      {selected && mark.callipers.map((ends, index) => <Calliper key={index} ends={[mapPoint(transform, ends[0]), mapPoint(transform, ends[1])]} />)}
      <text className="outline-tag" x={tag.x} y={tag.y}>{tag.text}</text>
    </g>
  );
}
