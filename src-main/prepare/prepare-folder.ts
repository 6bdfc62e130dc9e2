import { AppError } from '../../src-shared/domain/errors.ts';
import type { Problem } from '../../src-shared/domain/errors.ts';
import type { SettledStudy } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { collectFolder } from '../intake/collect-folder.ts';
import { prepareNotice, preparedProblem } from './manifest.ts';
import type { PreparedExam, PreparedManifest } from './manifest.ts';
import { openOutputFolder } from './output-folder.ts';
import { prepareCt } from './prepare-ct.ts';
import type { ExamOutput } from './prepare-ct.ts';
import { isSingleImage, prepareImages } from './prepare-images.ts';
import type { PrepareDesk, PrepareRequest } from './prepare-request.ts';

/**
 * Writes the pictures of a folder's exams and a manifest: for people who want only that.
 *
 * Nothing else is written, nothing is sent, and no picture, name or line of the manifest identifies anybody. The same folder gives
 * the same bytes. What cannot be prepared is told and left out; a fault of this machine takes away what was written.
 *
 * @param desk - Worker threads, clock, who is told of progress, what calls it off.
 * @param request - What is asked for.
 * @returns The manifest as it was written.
 * @throws {AppError} 'output-occupied', 'output-full', 'file-not-saved', 'folder-missing', 'folder-empty', 'folder-without-dicom',
 *   'volume-too-large', 'cancelled'.
 */
export async function prepareFolder(desk: PrepareDesk, request: PrepareRequest): Promise<PreparedManifest> {
  const output = await openOutputFolder(request.out, request);
  try {
    desk.tell('looking through the folder');
    const studies = await collectFolder(request.folder, (path) => desk.pool.run('inspect', path, desk.signal), desk.clock);
    desk.signal.throwIfAborted();
    const exams: PreparedExam[] = [];
    for (const [index, study] of studies.entries()) {
      const isOnly = studies.length === 1;
      const told = isOnly ? desk : { ...desk, tell: (line: string) => desk.tell(`exam ${index + 1} of ${studies.length}: ${line}`) };
      exams.push(await prepareExam(told, request, study, index + 1, { output, folder: isOnly ? '' : `exam-${index + 1}` }));
    }
    const manifest: PreparedManifest = {
      schema: 'lungdesk.prepared/1',
      notice: prepareNotice,
      mode: request.mode,
      format: request.format,
      complete: exams.every(({ complete }) => complete),
      exams,
    };
    desk.signal.throwIfAborted();
    await output.finish(`${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } catch (thrown) {
    await output.discard();
    throw desk.signal.aborted ? new AppError('cancelled', 'preparing was called off; nothing was kept', { cause: thrown }) : thrown;
  }
}

async function prepareExam(
  desk: PrepareDesk, request: PrepareRequest, study: SettledStudy, exam: number, target: ExamOutput,
): Promise<PreparedExam> {
  const { chosen, series } = assessStudy(study.files);
  const images = study.files.filter(isSingleImage);
  const ct = chosen === null ? null : await prepareCt(desk, request, chosen, target);
  const singles = await prepareImages(desk, request, images, target);
  const problems: readonly Problem[] = [...study.problems, ...(chosen?.problems ?? []), ...(ct?.problems ?? []), ...singles.problems];
  const nothing: readonly Problem[] = ct === null && images.length === 0
    ? [{ code: 'no-series-fit', message: 'the exam holds no axial chest CT and no single image that can be prepared' }]
    : [];
  const told = [...problems, ...nothing].map((problem) => preparedProblem(problem, request.withUids));
  return {
    exam,
    complete: told.every(({ leavesGap }) => !leavesGap),
    ct: ct?.ct ?? null,
    pictures: [...(ct?.pictures ?? []), ...singles.pictures],
    leftOut: series.flatMap(({ rejection, instanceCount }) => (rejection === null ? [] : [{ ...rejection, images: instanceCount }])),
    problems: told,
  };
}
