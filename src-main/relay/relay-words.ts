/** What a relay complains of, as far as its own words tell. */
export type Complaint = 'quota' | 'key' | 'vision' | 'refusal' | 'form' | 'size' | 'retired' | 'model' | 'rate' | 'no-channel' | 'no-candidate';

/**
 * Finds what an error text complains of.
 *
 * @param text - Code and message of an error answer.
 * @param among - Complaints that can be meant here; the first one found counts.
 */
export function complaintIn(text: string, among: readonly Complaint[]): Complaint | null {
  return among.find((complaint) => words[complaint].test(text)) ?? null;
}

const words: Readonly<Record<Complaint, RegExp>> = {
  // A plain rate limit's text often names billing pages too: only words that say the money is gone count.
  quota: /insufficient[_ ]?(user[_ ]?)?(quota|balance|funds|credits?)|exceeded your current quota|quota exhausted|credit balance|balance (is )?(too low|insufficient|not enough)|out of credits?|payment required|额度不足|额度已用尽|余额不足|欠费/i,
  key: /invalid[_ ]?(api[_ ]?key|authentication|bearer)|invalid token\b|incorrect api key|unauthori[sz]ed|authentication[_ ](error|failed)|无效的令牌/i,
  vision: /(does not|doesn't|not) support (the )?(image|vision|multimodal)|image(s|_url)?( input)?( is| are)? not supported|text[- ]only model|unknown variant `?image_url/i,
  refusal: /prompt_blocked|blocked by|content[_ ]?(policy|filter|management)|safety system|moderation|sensitive (content|words)|敏感/i,
  form: /response_?format|json_schema|json_object|json mode|structured output|tool_choice|\btools?\b|function[_ ]call|\bschema\b/i,
  size: /too many (images?|tokens)|images? .{0,60}(too (large|big|many)|exceed|larger than|at most|maximum|max allowed)|\b(maximum|max|most) .{0,40}images?\b|image_too_large|context[_ ]?(length|window)|reduce the length|(request|payload|body|prompt|input|entity)( is| was)? too (large|long|big)|request_too_large|exceeds? .{0,60}(limit|maximum|size)|图片.{0,20}(过大|过多|超过|超出)|请求体过大/i,
  retired: /\b(model|version)\b.{0,80}\b(deprecated|retired|decommissioned|discontinued|sunset|shut ?down|no longer (available|supported|offered)|has been removed)|模型.{0,20}(已下线|已停用|已弃用)/i,
  model: /model[_ ]?(not[_ ]?found|not[_ ]?exist|does[_ ]?not[_ ]?exist)|model .{0,80}(not (found|exist|available|supported)|does not exist)|no such model|unknown model|模型.{0,20}不存在/i,
  rate: /rate[_ ]?limit|too many requests|overloaded|请求过于频繁/i,
  // new-api: every channel that offers the model is switched off for now.
  'no-channel': /no available channel|无可用(的)?渠道/i,
  // new-api answers 500 where Gemini gave no candidate: the model declined, and would again.
  'no-candidate': /empty response/i,
};
