/**
 * Eigenvalues of a symmetric 3 x 3 matrix, in closed form.
 *
 * @param hessian - The matrix.
 * @param target - Filled with the eigenvalues, lowest first: for a bright ball all are below 0.
 * @see Smith OK, Eigenvalues of a symmetric 3 x 3 matrix, Communications of the ACM 1961;4:168
 */
export function eigenvalues(xx: number, yy: number, zz: number, xy: number, xz: number, yz: number, target: Float64Array): void {
  const mean = (xx + yy + zz) / 3;
  const [a, b, c] = [xx - mean, yy - mean, zz - mean];
  const p = Math.sqrt((a * a + b * b + c * c + 2 * (xy * xy + xz * xz + yz * yz)) / 6);
  if (p < 1e-9) {
    target.fill(mean);
    return;
  }
  const determinant = a * (b * c - yz * yz) - xy * (xy * c - yz * xz) + xz * (xy * yz - b * xz);
  const cosine = Math.min(1, Math.max(-1, determinant / (2 * p * p * p)));
  const angle = Math.acos(cosine) / 3;
  const most = mean + 2 * p * Math.cos(angle);
  const least = mean + 2 * p * Math.cos(angle + (2 * Math.PI) / 3);
  target[0] = least;
  target[1] = 3 * mean - most - least;
  target[2] = most;
}
