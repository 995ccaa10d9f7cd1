import pytest
from pathlib import Path
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings

@pytest.mark.parametrize("kind", ["marian","m2m","t5","bart"])
def test_x(kind, tiny_marian, tiny_m2m100, tiny_t5, tiny_bart, conversions, parallel_lines, capsys):
    folder = dict(marian=tiny_marian,m2m=tiny_m2m100,t5=tiny_t5,bart=tiny_bart)[kind]
    task = Task.summarization if kind=="bart" else Task.translation
    texts = parallel_lines[1 if kind=="bart" else 0][::6]
    mk = lambda e: make_backend(ModelSettings(model=str(folder), engine=e, compute_type="float32"), task, ("de","en"), conversions, offline=True)
    a, b = mk(Engine.ctranslate2), mk(Engine.transformers)
    with capsys.disabled():
        for d in (Decoding(beams=1,max_tokens=12),Decoding(beams=1,max_tokens=40),Decoding(beams=4,max_tokens=12), Decoding(beams=4,max_tokens=40), Decoding(beams=4,max_tokens=40,length_penalty=2.0,no_repeat_ngram=3), Decoding(beams=4,max_tokens=60,min_tokens=30,length_penalty=0.6), Decoding(beams=4,max_tokens=30,repetition_penalty=1.3)):
            x, y = a.generate(texts,d), b.generate(texts,d)
            print(kind, d.beams, d.max_tokens, d.min_tokens, d.length_penalty, sum(p==q for p,q in zip(x,y)), len(texts), sum(map(bool,a.hit_limit(x,d))), sum(b.hit_limit(y,d)), a.hit_limit(x,d)==b.hit_limit(x,d))
            bad=[(p,q) for p,q in zip(x,y) if p!=q][:2]
            for p,q in bad: pass
