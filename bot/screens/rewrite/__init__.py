"""Ways to rewrite a draft: shorter, in another tone, as a thread, under a better headline, in another language."""
