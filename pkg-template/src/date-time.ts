const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$/;

/**
 * Whether the text is an ISO 8601 date and time with its offset, as RFC 3339 narrows it. The same
 * rules as `is_date_time` in src/core/date.rs: both are held against tests/shared/date-times.json.
 */
export const isDateTime = (text: string): boolean => {
  const parts = DATE_TIME.exec(text);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0, offsetHours, offsetMinutes] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  // A leap second is one that exists.
  const isTime = hours < 24 && minutes < 60 && seconds < 61;
  return day > 0 && day <= days && isTime && Number(offsetHours) < 24 && Number(offsetMinutes) < 60;
};
