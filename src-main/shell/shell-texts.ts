import type { Settings } from '../../src-shared/domain/settings.ts';

/** Languages of menus, tray and system dialogs. */
export type ShellLanguage = 'en' | 'zh-CN';

/**
 * Language of the menus.
 *
 * @param setting - What the person chose.
 * @param locale - Locale of the system, such as 'zh-Hans-CN' or 'de-DE'.
 */
export function shellLanguage(setting: Settings['language'], locale: string): ShellLanguage {
  if (setting !== 'system') return setting;
  return locale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const english = {
  file: 'File', addFolder: 'Add folder…', readSample: 'Read the sample exam', close: 'Close window', quit: 'Quit LungDesk',
  edit: 'Edit', undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all',
  view: 'View', queue: 'Queue', spend: 'Spend', settings: 'Settings…', actualSize: 'Actual size', zoomIn: 'Zoom in',
  zoomOut: 'Zoom out', fullScreen: 'Full screen', reload: 'Reload', developerTools: 'Developer tools',
  window: 'Window', minimize: 'Minimize', zoom: 'Zoom', front: 'Bring all to front', services: 'Services',
  hide: 'Hide LungDesk', hideOthers: 'Hide others', showAll: 'Show all',
  help: 'Help', shortcuts: 'Keyboard shortcuts', about: 'About LungDesk',
  aboutDetail: 'For research use only. Not a medical device: a person decides and signs.',
  open: 'Open LungDesk', chooseFolder: 'Choose a folder to watch', watch: 'Watch this folder', saveSpend: 'Save spend as CSV',
  closingTitle: 'Exams are still being read', closingDetail: 'Requests that are on their way may already have been billed.',
  finishInBackground: 'Finish in background', stopAfterRequests: 'Stop after current requests', cancel: 'Cancel',
  attentionNone: 'LungDesk: nothing waits for you', finishing: 'LungDesk: finishing requests on their way…',
  startFailed: 'LungDesk cannot start', commandFailed: 'That did not work',
  refusedStart: 'LungDesk was started with switches that take its protection away and does not open patient data this way:',
};

/** Every text of the shell in one language. */
export type ShellTexts = Readonly<typeof english>;

const chinese: ShellTexts = {
  file: '文件', addFolder: '添加文件夹…', readSample: '读取示例检查', close: '关闭窗口', quit: '退出 LungDesk',
  edit: '编辑', undo: '撤销', redo: '重做', cut: '剪切', copy: '复制', paste: '粘贴', selectAll: '全选',
  view: '视图', queue: '队列', spend: '费用', settings: '设置…', actualSize: '实际大小', zoomIn: '放大',
  zoomOut: '缩小', fullScreen: '全屏', reload: '重新加载', developerTools: '开发者工具',
  window: '窗口', minimize: '最小化', zoom: '缩放', front: '前置全部窗口', services: '服务',
  hide: '隐藏 LungDesk', hideOthers: '隐藏其他', showAll: '全部显示',
  help: '帮助', shortcuts: '键盘快捷键', about: '关于 LungDesk',
  aboutDetail: '仅供研究使用，不是医疗器械：由人判断并签署。',
  open: '打开 LungDesk', chooseFolder: '选择要监视的文件夹', watch: '监视此文件夹', saveSpend: '将费用另存为 CSV',
  closingTitle: '仍有检查正在读取', closingDetail: '已发出的请求可能已经计费。',
  finishInBackground: '在后台完成', stopAfterRequests: '当前请求完成后停止', cancel: '取消',
  attentionNone: 'LungDesk：没有需要处理的检查', finishing: 'LungDesk：正在等待已发出的请求…',
  startFailed: 'LungDesk 无法启动', commandFailed: '操作未成功',
  refusedStart: 'LungDesk 启动时带有会解除保护的开关，因此不会打开患者数据：',
};

/** Texts of the shell in a language. */
export function shellTexts(language: ShellLanguage): ShellTexts {
  return language === 'zh-CN' ? chinese : english;
}

/**
 * Tooltip of the tray icon: counts only, no name.
 *
 * @param waiting - Readings that are not finished or need a person.
 */
export function trayTooltip(language: ShellLanguage, waiting: number): string {
  if (waiting === 0) return shellTexts(language).attentionNone;
  if (language === 'zh-CN') return `LungDesk：${String(waiting)} 个检查进行中或需要处理`;
  return `LungDesk: ${String(waiting)} ${waiting === 1 ? 'exam' : 'exams'} in progress or waiting for you`;
}
