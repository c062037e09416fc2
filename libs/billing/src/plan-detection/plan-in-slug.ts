/**
 * The plans that a slug or a name speaks of, as whole words: `fluxo-pro-monthly` and `Pro (yearly)` mean `pro`, and
 * `professional` means nothing. A key of several words (`pro-plus`) wins over a shorter one inside it.
 */
export function planInSlug(slug: string, plans: ReadonlySet<string>): string[] {
  const text = slugOf(slug);
  const found = [...plans].filter((plan) => `-${text}-`.includes(`-${slugOf(plan)}-`));
  return found.filter((plan) => !found.some((other) => other !== plan && isPartOf(plan, other)));
}

function isPartOf(plan: string, longer: string): boolean {
  return slugOf(longer) !== slugOf(plan) && `-${slugOf(longer)}-`.includes(`-${slugOf(plan)}-`);
}

function slugOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}
