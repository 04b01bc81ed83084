"""Which facts a sentence is about: the words it uses, and the facts they point to."""
