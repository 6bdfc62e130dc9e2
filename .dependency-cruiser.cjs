/** Which way imports may point (docs/architecture.md); every rule says why it is there. */
const rooms = 'intake|dicom|imaging|finder|relay|reading|review|ledger|export|store|platform|shell|prepare|workers';

/** A room may import itself, the rooms named here, platform and src-shared; nothing else. */
const arrows = {
  intake: 'dicom|store',
  dicom: '',
  imaging: 'dicom',
  // Candidates and measurements are made on imaging's volume and lung mask.
  finder: 'dicom|imaging',
  // The threads that run the rooms of voxels; those rooms themselves know no thread.
  workers: 'dicom|imaging|finder',
  relay: '',
  reading: 'workers|imaging|finder|relay|ledger|store|dicom|intake',
  ledger: 'store',
  review: 'dicom|store',
  export: 'dicom|store',
  store: '',
  // Pictures for people who want only that: a way of its own, without the database and the relay.
  prepare: 'intake|dicom|imaging|workers',
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'a cycle means that two files are one', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      comment: 'src-shared runs in both processes: no Node, no Electron, no other project',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { path: '^(src-main|src-renderer|test)/' },
    },
    {
      name: 'shared-has-no-builtins',
      comment: 'src-shared is pure',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-is-a-web-page',
      comment: 'the window has no Node, no Electron and nothing of the main process',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^(src-main|test)/|node_modules/electron/' },
    },
    {
      name: 'renderer-has-no-builtins',
      comment: 'the window has no Node',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'], pathNot: '^events$' },
    },
    {
      name: 'main-knows-no-page',
      comment: 'the main process knows no React and no window code',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/|node_modules/(react|@mantine|@cornerstonejs/(core|tools))/' },
    },
    {
      name: 'electron-only-in-shell',
      comment: 'everything but the shell runs without Electron (headless command, tests)',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(shell/|main\\.ts)' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'only-entries-build-workstations',
      comment: 'the workstation is composed in one place and driven by the entries and the shell',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(main|cli|workstation|workstation-port)\\.ts|^src-main/(shell|workstation)/' },
      to: { path: '^src-main/workstation' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'the shipped program contains nothing of its tests and nothing of the stand-in',
      severity: 'error',
      from: { path: '^src-' },
      to: { path: '^test/' },
    },
    ...Object.entries(arrows).map(([room, allowed]) => ({
      name: `${room}-imports`,
      comment: `${room} imports only what lies before it on the way of a study`,
      severity: 'error',
      from: { path: `^src-main/${room}/` },
      to: { path: `^src-main/(${rooms})/`, pathNot: `^src-main/(${[room, 'platform', ...(allowed === '' ? [] : [allowed])].join('|')})/` },
    })),
    {
      name: 'platform-imports',
      comment: 'platform is below every room',
      severity: 'error',
      from: { path: '^src-main/platform/' },
      to: { path: `^src-main/(?!platform/)` },
    },
    {
      name: 'sql-only-in-store',
      comment: 'nothing above store/ knows the dialect (the lock of the data folder is a file lock, not a table)',
      severity: 'error',
      from: { path: '^src-main/', pathNot: '^src-main/(store/|platform/data-folder-lock)' },
      to: { path: 'node_modules/(kysely|better-sqlite3)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
  },
};
