//! `guiju rules` and `guiju packs`: what is there.
