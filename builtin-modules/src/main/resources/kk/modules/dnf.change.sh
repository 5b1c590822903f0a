simulate=
kk_dnf_do && kk_answer
