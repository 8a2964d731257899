from tests.cast import Cast, monument_data
def test_try(cast, call):
    r=cast.monument()
    for m,p in (("GET","records/"+r.pid),("GET",f"records/{r.id}/history"),("GET",f"records/{r.id}/entries"),("GET","records"),("GET","kinds"),("GET","kinds/place/schema"),("GET","vocabularies/zone"),("GET","docs"),("GET","nothing"),("PATCH","records"),("HEAD","records/"+r.pid),("GET","records?page=x&sort=foo&bbox=1")):
        a=call(m,p); print(m,p,a.status_code,a.content[:600].decode(), dict(a.headers)); print()
    a=call("POST","records",who="aigerim",body={"kind":"heritage_object","data":monument_data()}); print(a.status_code,a.content.decode()[:3000],a.headers)
    a=call("POST","records",body={"kind":"heritage_object","data":monument_data()}); print(a.status_code,a.content.decode()[:300],a.headers)
    a=call("POST","records",who="aigerim",body={"kind":3,"foo":1,"data":[]}); print(a.status_code,a.content.decode(),a.headers)
